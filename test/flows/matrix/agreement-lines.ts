/** Lines of the matrix: agreements and benefits. */
import { randomUUID } from 'node:crypto';
import { keyed, noEdition, type Line } from './matrix-line';

export const agreementLines: Readonly<Record<string, Line>> = {
  listAgreements: { shows: 'own-list', path: () => '/api/v1/agreements' },
  listAgreementCopies: { shows: 'own-list', path: () => '/api/v1/agreements/copies' },
  ...Object.fromEntries(
    ['', 'periods', 'carries', 'measurements', 'breaches', 'passed-on'].map((part, at): [string, Line] => [
      [
        'getAgreement',
        'listAgreementPeriods',
        'listAgreementCarries',
        'listMeasurements',
        'listBreaches',
        'listPassedOn',
      ][at],
      { shows: 'own', path: ({ agreement }) => `/api/v1/agreements/${agreement}${part && '/'}${part}` },
    ]),
  ),
  // What is no agreement is told before anything is looked for.
  draftAgreement: { shows: 'public', call: () => keyed({ document: 'code: made-up' }), status: 422 },
  amendAgreement: {
    shows: 'public',
    path: ({ agreement }) => `/api/v1/agreements/${agreement}/amendments`,
    call: () => keyed({ document: 'code: made-up' }),
    status: 422,
  },
  // It was terminated, which whoever may see it is told.
  ...Object.fromEntries(
    Object.entries({
      signAgreement: ['signatures', { party: 'nobody', signatory: 'nobody', signedOn: '2025-01-01' }],
      enterAgreement: ['enter', {}],
      expireAgreement: ['expire', {}],
      terminateAgreement: ['terminate', { reason: '试过 tried' }],
      advanceAgreement: ['advances', { period: '2025', advance: 'spring' }],
      settleAgreement: ['settlements', { period: '2025' }],
      recordMeasurement: [
        'measurements',
        { period: '2025', rows: [{ unit: '520523' }], suppliedBy: 'a', document: 'a', documentDigest: noEdition },
      ],
    } as const).map(([operation, [part, body]]): [string, Line] => [
      operation,
      {
        shows: 'own',
        path: ({ agreement }) => `/api/v1/agreements/${agreement}/${part}`,
        call: () => keyed(body),
        status: 409,
      },
    ]),
  ),
  // Nothing of the kind is there, for anybody.
  ...Object.fromEntries(
    Object.entries({
      actOnAgreementSettlement: [`settlements/${randomUUID()}/acts`, { act: 'confirm' }],
      actOnAgreementPeriod: ['periods/2025/acts', { act: 'dispute', reason: '试过 tried' }],
      judgeMeasurement: [`measurements/${randomUUID()}/acts`, { act: 'approve' }],
      orderCorrection: [
        'breaches',
        { party: 'nobody', finding: '试过 tried', orderedOn: '2025-01-01', correctBy: '2025-02-01' },
      ],
      actOnBreach: [`breaches/${randomUUID()}/acts`, { act: 'find-late', reason: '试过 tried' }],
    } as const).map(([operation, [part, body]]): [string, Line] => [
      operation,
      {
        shows: 'own',
        path: ({ agreement }) => `/api/v1/agreements/${agreement}/${part}`,
        call: () => keyed(body),
        status: 404,
      },
    ]),
  ),
  evaluateBenefit: {
    shows: 'public',
    path: () => '/api/v1/benefits/evaluate',
    call: () => ({
      body: {
        flows: [{ period: '2024', service: 's', supplier: 'a', beneficiary: 'b', quantity: 1, unit: 'm3', price: 1 }],
      },
    }),
  },
};
