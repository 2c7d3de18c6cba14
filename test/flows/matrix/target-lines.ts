/** Lines of the matrix: plans of targets, their progress, and figures from outside. */
import { randomUUID } from 'node:crypto';
import { absent, keyed, noEdition, type Line } from './matrix-line';

const plans = 'evaluation/plans';
const reason = '试过 tried';

export const targetLines: Readonly<Record<string, Line>> = {
  listTargetPlans: { shows: 'own-list', path: () => `/api/v1/${plans}` },
  listTargetCopies: { shows: 'own-list', path: () => `/api/v1/${plans}/copies` },
  listOutsideFigures: { shows: 'own-list', path: () => '/api/v1/evaluation/figures' },
  getTargetPlan: { shows: 'own', path: ({ targetPlan }) => `/api/v1/${plans}/${targetPlan}` },
  listTargetProgress: { shows: 'own', path: ({ targetPlan }) => `/api/v1/${plans}/${targetPlan}/records` },
  // Nothing was issued, for anybody.
  followTargetPlan: absent(`${plans}/nothing/years/2023`),
  forecastTargetPlan: absent(`${plans}/nothing/forecast?until=2023`),
  recordTargetProgress: absent(`${plans}/nothing/years/2023/records`, {}),
  actOnTargetProgress: absent(`evaluation/progress/${randomUUID()}/acts`, { act: 'confirm' }),
  // What is no plan is told before anything is looked for.
  draftTargetPlan: {
    shows: 'public',
    path: () => `/api/v1/${plans}`,
    call: () => keyed({ document: 'code: made-up' }),
    status: 422,
  },
  amendTargetPlan: {
    shows: 'public',
    path: ({ targetPlan }) => `/api/v1/${plans}/${targetPlan}/amendments`,
    call: () => keyed({ document: 'code: made-up' }),
    status: 422,
  },
  reviseTargetPlan: {
    shows: 'public',
    path: ({ targetPlan }) => `/api/v1/${plans}/${targetPlan}/versions`,
    call: () => keyed({ document: 'code: made-up', reason }),
    status: 422,
  },
  // It was withdrawn, and the site has no party of its own.
  actOnTargetPlan: {
    shows: 'own',
    path: ({ targetPlan }) => `/api/v1/${plans}/${targetPlan}/acts`,
    call: () => keyed({ act: 'negotiate' }),
    status: 409,
  },
  replyToTargetPlan: {
    shows: 'own',
    path: ({ targetPlan }) => `/api/v1/${plans}/${targetPlan}/replies`,
    call: ({ territory }) =>
      keyed({ unit: `${territory}-jinsha-mine`, answer: 'accepted', counter: [{ indicator: 'gdp', target: '1' }] }),
    status: 409,
  },
  // No site of the county supplies for the county.
  supplyOutsideFigure: {
    shows: 'deed',
    path: () => '/api/v1/evaluation/figures',
    call: ({ territory }) =>
      keyed({
        ...{ territory: `${territory}-jinsha-mine`, measure: 'gdp', year: 2021, value: '1.00', supplier: territory },
        ...{ suppliedByBody: 'Statistics', document: 'yearbook', documentDigest: noEdition },
      }),
    status: 201,
  },
  judgeOutsideFigure: {
    shows: 'own',
    path: ({ outsideFigure }) => `/api/v1/evaluation/figures/${outsideFigure}/acts`,
    call: () => keyed({ act: 'confirm' }),
    status: 409,
  },
};
