/** Lines of the matrix: procedures, settlements, restatements and shadows. */
import { period, keyed, keyOnly, type Line } from './matrix-line';

export const settlementLines: Readonly<Record<string, Line>> = {
  listProcedures: { shows: 'own-list', path: () => '/api/v1/procedures?kind=sample' },
  getProcedure: { shows: 'own', path: ({ procedure }) => `/api/v1/procedures/sample/${procedure}` },
  listClocks: { shows: 'own-list', path: () => '/api/v1/clocks' },
  listAppeals: { shows: 'own-list', path: () => '/api/v1/appeals' },
  // Who may file is weighed before the subject is looked for; viewers may not.
  fileAppeal: {
    shows: 'public',
    call: ({ procedure, territory }) =>
      keyed({
        ...{
          kind: 'sample',
          id: procedure,
          figure: '',
          territory: '520523',
          knownOn: '2025-01-06',
          grounds: territory,
        },
      }),
    status: 403,
  },
  getAppeal: { shows: 'own', path: ({ appeal }) => `/api/v1/appeals/${appeal}` },
  actOnAppeal: {
    shows: 'own',
    path: ({ appeal }) => `/api/v1/appeals/${appeal}/acts`,
    call: () => keyed({ act: 'reply', reason: '试过 tried' }),
    status: 403,
  },
  listPublicationDuties: { shows: 'own-list', path: () => '/api/v1/publications/duties' },
  publishDuty: {
    shows: 'own',
    path: ({ duty }) => `/api/v1/publications/duties/${duty}/publish`,
    call: keyOnly,
    status: 403,
  },
  exceptDuty: {
    shows: 'own',
    path: ({ duty }) => `/api/v1/publications/duties/${duty}/except`,
    call: () => keyed({ law: '试过 tried', reason: '试过 tried' }),
    status: 403,
  },
  listSettlements: { shows: 'own-list', path: () => '/api/v1/settlements' },
  // The fund is looked for first; then it is told that there is no input.
  computeSettlement: {
    shows: 'own',
    call: ({ fund }) =>
      keyed({
        ...{
          code: 'made-up',
          territory: '520523',
          mechanism: 'eco-compensation',
          kind: 'settlement',
          agreement: 'none',
        },
        ...{ period, fund, purpose: 'none', parties: {}, trueUp: { way: 'none' } },
      }),
    status: 422,
  },
  getSettlementRequest: {
    shows: 'own',
    path: ({ settlementRequest }) => `/api/v1/settlements/requests/${settlementRequest}`,
  },
  getSettlement: { shows: 'own', path: ({ settlement }) => `/api/v1/settlements/${settlement}` },
  listSettlementLines: { shows: 'own', path: ({ settlement }) => `/api/v1/settlements/${settlement}/lines` },
  explainSettlement: { shows: 'own', path: ({ settlement }) => `/api/v1/settlements/${settlement}/explanation` },
  verifySettlement: { shows: 'own', path: ({ settlement }) => `/api/v1/settlements/${settlement}/verification` },
  ...Object.fromEntries(
    ['confirm', 'reserve', 'approve', 'pay', 'close', 'return', 'withdraw'].map((act): [string, Line] => [
      `${act}Settlement`,
      {
        shows: 'own',
        path: ({ settlement }) => `/api/v1/settlements/${settlement}/${act}`,
        call: () => keyed({ reason: '试过 tried' }),
        // It was withdrawn: whoever may see it is told so.
        status: 409,
      },
    ]),
  ),
  returnPayment: {
    shows: 'own',
    path: ({ settlement }) => `/api/v1/settlements/${settlement}/parts/520523/return-payment`,
    call: () => keyed({ reason: '试过 tried' }),
    status: 409,
  },
  collectBill: {
    shows: 'own',
    path: ({ settlement }) => `/api/v1/settlements/${settlement}/bills/520523/collect`,
    call: () => keyed({ amountFen: '1' }),
    status: 409,
  },
  getImpact: { shows: 'own', path: ({ disclosure }) => `/api/v1/impacts/${disclosure}` },
  // None of its accounts was restated, which whoever may see it is told.
  draftTrueUp: {
    shows: 'own',
    path: ({ settlement }) => `/api/v1/settlements/${settlement}/true-up`,
    call: keyOnly,
    status: 409,
  },
  recomputeSettlement: {
    shows: 'own',
    path: ({ settlement }) => `/api/v1/settlements/${settlement}/recompute`,
    call: keyOnly,
    status: 409,
  },
  listShadows: { shows: 'own-list', path: () => '/api/v1/shadow-settlements' },
  // There are no drafts, which is told before anything is looked for.
  runShadow: {
    shows: 'public',
    path: () => '/api/v1/shadow-settlements',
    call: () => keyed({ name: 'made up', drafts: [] }),
    status: 409,
  },
  getShadow: { shows: 'own', path: ({ shadow }) => `/api/v1/shadow-settlements/${shadow}` },
  promoteShadow: {
    shows: 'own',
    path: ({ shadow }) => `/api/v1/shadow-settlements/${shadow}/promote`,
    call: keyOnly,
    // Its settlement was computed meanwhile: whoever may see it is told so.
    status: 409,
  },
};
