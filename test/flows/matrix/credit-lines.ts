/** Lines of the matrix: credit. */
import { absent, keyed, noEdition, type Line, type Things } from './matrix-line';

/** Of an invented person (99…), GB 11643. */
export const creditNumber = '990101199001010043';

const someone = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const person = { kind: 'person', name: '演示人', number: creditNumber, consentDigest: noEdition };
const report = { behaviour: 'singing', day: '2026-01-05', evidence: '照片 photograph', evidenceDigest: noEdition };
const own = (path: (things: Things) => string, body?: (things: Things) => object, status?: number): Line => ({
  ...{ shows: 'own', path: (things) => `/api/v1/credit/${path(things)}` },
  ...(body && { call: (things) => keyed(body(things)) }),
  ...(status !== undefined && { status }),
});

export const creditLines: Readonly<Record<string, Line>> = {
  // The list is public law.
  getCreditCatalogue: { shows: 'public', path: () => '/api/v1/credit/catalogue?territory=520523' },
  ...Object.fromEntries(
    Object.entries({
      listCreditSubjects: 'subjects',
      listCreditEvents: 'events',
      listObjections: 'objections',
      listCreditMeasures: 'measures',
    }).map(([operation, path]): [string, Line] => [
      operation,
      { shows: 'own-list', path: () => `/api/v1/credit/${path}` },
    ]),
  ),
  searchCreditSubjects: {
    shows: 'own-list',
    call: () => ({ body: { field: 'number', text: creditNumber, kind: 'person' } }),
  },
  readGradeTable: { shows: 'deed', path: () => '/api/v1/credit/grades?territory=520523', status: 200 },
  // It is registered.
  registerCreditSubject: { shows: 'deed', call: () => keyed({ ...person, territory: '520523' }), status: 409 },
  identifyCreditSubject: own(
    ({ creditSubject }) => `subjects/${creditSubject}/identity`,
    () => ({ purpose: '试过 tried' }),
  ),
  readCreditRecord: own(
    ({ creditSubject }) => `subjects/${creditSubject}/record`,
    () => ({ purpose: '试过 tried' }),
  ),
  listCreditReadings: own(({ creditSubject }) => `subjects/${creditSubject}/readings`),
  listConsents: own(({ creditSubject }) => `consents?subject=${creditSubject}`),
  // What is over is told to whoever may see it.
  withdrawConsent: own(
    ({ creditConsent }) => `consents/${creditConsent}/withdrawal`,
    () => ({}),
    409,
  ),
  actOnCreditEvent: own(
    ({ creditEvent }) => `events/${creditEvent}/acts`,
    () => ({ act: 'accept' }),
    409,
  ),
  reportCreditEvent: own(
    () => 'events',
    ({ creditSubject: subject }) => ({ ...report, subject }),
    422,
  ),
  fileObjection: own(
    () => 'objections',
    ({ creditEvent: event }) => ({ event, grounds: '试过 tried' }),
    409,
  ),
  actOnObjection: own(
    ({ creditObjection }) => `objections/${creditObjection}/acts`,
    () => ({ act: 'extend', reason: '试过 tried' }),
    409,
  ),
  proposeCreditMeasure: own(
    () => 'measures',
    ({ creditSubject: subject }) => ({ subject, item: 'prison', causes: [], reason: '试过 tried' }),
    409,
  ),
  actOnCreditMeasure: own(
    ({ creditMeasure }) => `measures/${creditMeasure}/acts`,
    () => ({ act: 'notify' }),
    409,
  ),
  // Nobody of that login, for anybody.
  linkCreditSubject: absent(`credit/subjects/${someone}/links`, { login: 'nobody-here', linked: true }),
  recordConsent: absent('credit/consents', {
    ...{ subject: someone, login: 'nobody-here', purpose: 'loan', from: '2026-01-01', until: '2026-12-31' },
    documentDigest: noEdition,
  }),
  // Nobody consented, and nobody here is a subject.
  askCredit: {
    shows: 'public',
    call: ({ creditSubject: subject }) => ({ body: { subject, purpose: 'loan' } }),
    status: 403,
  },
  listScoreNotices: { shows: 'public' },
  listLoanDecisions: { shows: 'public' },
  listOwnCredit: { shows: 'public' },
  fileOwnObjection: {
    shows: 'public',
    call: ({ creditEvent: event }) => keyed({ event, grounds: '试过 tried' }),
    status: 404,
  },
  actOnOwnObjection: absent(`my/credit/objections/${someone}/acts`, { act: 'withdraw' }),
  withdrawOwnConsent: absent(`my/credit/consents/${someone}/withdrawal`, {}),
};
