/** How each operation of the API is asked by people of a county and by strangers, and to whom it shows anything. */
import { randomUUID } from 'node:crypto';
import { formOf, type Call } from './api-under-test';

export const norm = 'jinsha-mine-2026';
export const period = '2024';

/** Ids of what belongs to the county 520523, or of nothing at all. */
export interface Things {
  readonly upload: string;
  readonly run: string;
  readonly account: string;
  readonly disclosure: string;
  /** A declared flow from the county to another province, withdrawn since. */
  readonly flow: string;
  /** A fund of the county, a voucher of it, and what is over there: a reversed one, a void reservation, a withdrawn proposal. */
  readonly fund: string;
  readonly voucher: string;
  readonly reversed: string;
  readonly voided: string;
  readonly proposal: string;
  /** Id of a procedure of the county, an appeal about it, its publication and a duty to publish that is open. */
  readonly procedure: string;
  readonly appeal: string;
  readonly publication: string;
  readonly duty: string;
  /** A settlement of the county that was withdrawn, and a request that a worker takes. */
  readonly settlement: string;
  readonly settlementRequest: string;
  /** A company of the county, its right to sell, a sold gain that was taken back, a planned contract and a purchase. */
  readonly company: string;
  readonly saleRight: string;
  readonly soldGain: string;
  readonly contract: string;
  readonly purchase: string;
  /** An agreement of the county that was terminated before it was signed. */
  readonly agreement: string;
  /** A shadow of a settlement that is real by now. */
  readonly shadow: string;
  readonly territory: string;
  readonly login: string;
}

export const nothing: Things = {
  ...{ upload: randomUUID(), run: randomUUID(), account: randomUUID(), territory: '520599' },
  disclosure: randomUUID(),
  flow: randomUUID(),
  ...{
    fund: randomUUID(),
    voucher: randomUUID(),
    reversed: randomUUID(),
    voided: randomUUID(),
    proposal: randomUUID(),
  },
  ...{ procedure: randomUUID(), appeal: randomUUID(), publication: randomUUID(), duty: randomUUID() },
  ...{ settlement: randomUUID(), settlementRequest: randomUUID(), shadow: randomUUID(), agreement: randomUUID() },
  ...{ company: 'no-company', saleRight: randomUUID(), soldGain: randomUUID(), contract: 'no-contract' },
  purchase: 'no-purchase',
  login: 'nobody-here',
};

/** What an operation shows to strangers who are signed in. */
export type Shows =
  /** The same to everybody who is signed in, or to everybody. */
  | 'public'
  /** Only to people of the territory; a stranger gets what they would get if it were not there. */
  | 'own'
  /** A list, in which a stranger finds nothing of the county. */
  | 'own-list'
  /** Only to people of the whole nation. */
  | 'nation'
  /** A deed for a territory, which is public; strangers may not do it there. */
  | 'deed';

interface Line {
  readonly shows: Shows;
  readonly path?: (things: Things) => string;
  readonly call?: (things: Things) => Call;
  /** Status for people of the county, when it is not 200. */
  readonly status?: number;
}

const fundNames = { nameZh: '资金', nameEn: 'fund', shortfallPolicy: 'pro-rata' };
export const keyed = (body: object): Call => ({ body, headers: { 'idempotency-key': randomUUID() } });
const keyOnly = (): Call => ({ headers: { 'idempotency-key': randomUUID() } });
const newcomer = () => ({ login: `new-${randomUUID()}`, name: '新人 Newcomer' });
/** From the county to a prefecture of another province, so that only the nation lies above both. */
export const flowAbroad = {
  ...{
    norm,
    service: 'sedimentReduction',
    supplier: '520523',
    beneficiary: '331100',
    share: '1/4',
    from: '2024-01-01',
  },
  ...{ reason: '同一条河 the same river', source: 'made up' },
};
const dated = { effective: '2031-01-01', source: 'made up' };
const csv = (territory: string) => `territory,period,type,area,precipitation\n${territory},2020,forestLand,1,1000\n`;

/** Tables of a tree that divides the land of a territory: one node, which has all of it. */
export const treeOf = (covers: string) => ({
  tree: [{ code: 'reserves', name: '保护地', kind: 'reserve', covers, source: 'made up', from: '2020-01-01' }],
  nodes: [{ node: 'core', name: '核心区' }],
  membership: [{ unit: covers, node: 'core' }],
});

const noEdition = '0'.repeat(64);
const sharing = { preset: 'gep-share', rows: [{ unit: '990101', period, gep: '1' }], totals: { pool: '1' } };

const rainAsCondition = {
  ...{ code: 'precipitation', class: 'A1', unit: 'mm/a', direction: 'higher-better' },
  ...{ low: '500', high: '1500', reference: 'contemporary' },
};

export const companyVersion = {
  ...{ validFrom: '2020-01-01', nameZh: '演示公司', nameEn: 'Invented company', payeeName: 'made up', bank: 'made up' },
  legalForm: 'company' as const,
  status: 'active' as const,
  ...{ accountNo: '62220000', reason: 'made up' },
};
export const contractTerms = {
  ...{ year: period, unit: '520523', norm, pricesOf: period, rate: '0.02', policy: 'increment-contract' },
  reference: 'previousYear' as const,
  negative: 'record' as const,
  trueUp: 'supplement' as const,
  ...{
    purpose: 'made up',
    buyer: 'made up',
    singleSourceReason: 'made up',
    conservationShare: '1',
    spendBy: '2027-12-31',
  },
};
const digested = { documentDigest: noEdition };
const site = { territory: '520523', buyer: 'made up', policy: 'dayang', firstDueOn: '2026-01-31', monthsBetween: 1 };

/** What is recorded of contracts after a payment, of which there is none. */
const unpaid: Readonly<Record<string, readonly [path: string, body: object]>> = {
  supplementContract: ['supplements', { amountFen: '1', reason: 'made up', ...digested }],
  recordSpending: [
    'spendings',
    { use: 'conservation', purpose: 'made up', amountFen: '1', evidence: 'made up', ...digested },
  ],
  takeBackSpending: [`spendings/${randomUUID()}/take-back`, digested],
  stateSpending: ['statements', { year: period, ...digested }],
  takeMeasure: ['measures', { kind: 'delay', reason: 'made up' }],
};

/** Registers and dividends of a company that is not there, so that everybody is told the same. */
const noCompany = 'made-up';
const stated = { reason: '试过 tried', documentDigest: 'd'.repeat(64) };
const deed = { company: noCompany, on: '2025-01-01', ...stated };
const absent = (path: string, body?: object): Line => ({
  ...{ shows: 'public', path: () => `/api/v1/${path}`, status: 404 },
  ...(body && { call: () => keyed(body) }),
});
const noDividend = `dividends/${randomUUID()}`;
const dividendLines: Readonly<Record<string, Line>> = {
  listOwners: absent(`owners?company=${noCompany}`),
  listParcels: absent(`parcels?company=${noCompany}`),
  registerOwners: absent('owners', { company: noCompany, since: '2025-01-01', owners: [], parcels: [] }),
  succeedOwners: absent('owners/successions', {
    ...{ ...deed, kind: 'merge', predecessors: ['a'], successors: [{ owner: 'b', share: '1' }] },
  }),
  linkOwner: absent('owners/a/links', { company: noCompany, login: 'nobody-here', linked: true }),
  transferParcel: absent('parcels/transfers', { ...deed, parcel: 'p', giver: 'a', taker: 'b', share: '1/2' }),
  changeParcels: absent('parcels/changes', {
    ...{ ...deed, predecessors: ['p'], successors: [{ code: 'q', accountFen: '1' }], accountYear: 2020 },
  }),
  moveShares: absent('owners/shares', { ...deed, movements: [{ taker: 'a', shares: '1' }] }),
  listDividends: { shows: 'public', path: () => '/api/v1/dividends' },
  planDividend: absent('dividends', {
    ...{ company: noCompany, period: '2025', policy: 'two-mountains-dividend', reserveShare: '0.1', memo: '' },
    ...{ counting: 'record-date', recordDate: '2026-01-01', unclaimedAfter: 90 },
  }),
  getDividend: absent(noDividend),
  listDividendLines: absent(`${noDividend}/lines`),
  noticeDividend: absent(`${noDividend}/notice`, { documentDigest: stated.documentDigest }),
  voteDividend: absent(`${noDividend}/vote`, {
    ...{ members: 9, attended: 9, inFavour: 9, against: 0, online: true, heldOn: '2026-01-01' },
    documentDigest: stated.documentDigest,
  }),
  withdrawDividend: absent(`${noDividend}/withdraw`, { reason: stated.reason }),
  closeDividend: absent(`${noDividend}/close`, {}),
  allotDividend: absent(`${noDividend}/allot`, {}),
  approveDividend: absent(`${noDividend}/approve`, {}),
  payDividend: absent(`${noDividend}/pay`, {}),
  takeBackDividend: absent(`${noDividend}/returns`, { owners: ['a'], reason: stated.reason }),
  setAsideDividend: absent(`${noDividend}/set-aside`, {}),
  claimDividend: absent(`${noDividend}/claims`, { owner: 'a', claimant: 'a', reason: stated.reason }),
  getCompanyBook: absent(`company-books/${noCompany}`),
  bookCompanyEntry: absent(`company-books/${noCompany}/entries`, {
    ...{ kind: 'income', amountFen: '1', on: '2025-01-01', period: '2025', memo: '试过 tried', evidence: 'slip' },
    documentDigest: stated.documentDigest,
  }),
  listOwnDividends: { shows: 'public', path: () => '/api/v1/my/dividends' },
  proveOwnDividend: absent(`my/${noDividend}/proof`),
};

export const matrix: Readonly<Record<string, Line>> = {
  lookAtSetupLink: { shows: 'public', call: () => ({ body: { token: 'none' } }), status: 401 },
  setUp: { shows: 'public', call: () => ({ body: { token: 'none', password: 'x' } }), status: 401 },
  signIn: { shows: 'public', call: () => ({ body: { login: 'nobody', password: 'x' } }), status: 401 },
  refreshSession: { shows: 'public', call: () => ({ body: { refreshToken: 'none' } }), status: 401 },
  getMe: { shows: 'public' },
  changePassword: { shows: 'public', call: () => ({ body: { current: 'x', next: 'y' } }), status: 401 },
  listTerritories: { shows: 'public' },
  searchTerritories: { shows: 'public', path: () => '/api/v1/territories/search?text=520523' },
  getTerritory: { shows: 'public', path: () => '/api/v1/territories/520523' },
  listSubtree: { shows: 'public', path: () => '/api/v1/territories/520523/subtree' },
  listTrees: { shows: 'public' },
  importTree: {
    shows: 'nation',
    call: () => ({
      form: formOf(JSON.stringify(treeOf('520523')), 'tree.json', { dryRun: 'true' }),
      headers: { 'idempotency-key': randomUUID() },
    }),
  },
  getTree: { shows: 'public', path: () => '/api/v1/trees/county-basin' },
  getTreeAccount: {
    shows: 'own',
    // The tree is there for everybody; of its accounts strangers see as little as if there were none.
    path: () => `/api/v1/trees/county-basin/account?period=${period}&norm=${norm}`,
  },
  listSuccessions: { shows: 'public' },
  // What is asked for does not hold together, so nothing is changed.
  mergeTerritories: {
    shows: 'nation',
    call: () => keyed({ ...dated, predecessors: ['520523', '331125'], into: '520523' }),
    status: 409,
  },
  splitTerritory: {
    shows: 'nation',
    call: () => keyed({ ...dated, territory: '520523', successors: [{ territory: '520523' }] }),
    status: 422,
  },
  renameTerritory: {
    shows: 'nation',
    call: () => keyed({ ...dated, territory: '520599', nameZh: '无此县' }),
    status: 404,
  },
  listNorms: { shows: 'public' },
  getNorm: { shows: 'public', path: () => `/api/v1/norms/${norm}` },
  listEditions: { shows: 'public', path: () => `/api/v1/norms/${norm}/editions` },
  getEdition: { shows: 'public', path: () => `/api/v1/norms/${norm}/editions/${'0'.repeat(64)}`, status: 404 },
  listParameters: { shows: 'public', path: () => `/api/v1/norms/${norm}/parameters` },
  upload: {
    shows: 'own',
    call: ({ territory }) => ({
      form: formOf(csv(territory), 'extent.csv', { norm, dryRun: 'true' }),
      headers: { 'idempotency-key': randomUUID() },
    }),
  },
  listUploads: { shows: 'own-list' },
  getUpload: { shows: 'own', path: ({ upload }) => `/api/v1/uploads/${upload}` },
  requestRecompute: { shows: 'own', call: ({ territory }) => keyed({ period, norm, territory }), status: 202 },
  listRecomputes: { shows: 'own-list' },
  getRecompute: { shows: 'own', path: ({ run }) => `/api/v1/recomputes/${run}` },
  followRecompute: { shows: 'own', path: ({ run }) => `/api/v1/recomputes/${run}/events` },
  listRecomputeFailures: { shows: 'own', path: ({ run }) => `/api/v1/recomputes/${run}/failures` },
  cancelRecompute: { shows: 'own', path: ({ run }) => `/api/v1/recomputes/${run}/cancel`, status: 409 },
  retryRecompute: { shows: 'own', path: ({ run }) => `/api/v1/recomputes/${run}/retry`, status: 409 },
  listAccounts: { shows: 'own-list' },
  getCurrentAccount: {
    shows: 'own',
    path: ({ territory }) => `/api/v1/accounts/current?territory=${territory}&period=${period}&norm=${norm}`,
  },
  listVintages: {
    shows: 'own-list',
    path: () => `/api/v1/accounts/vintages?territory=520523&period=${period}&norm=${norm}`,
  },
  compareAccounts: {
    shows: 'own',
    path: ({ account }) => `/api/v1/accounts/compare?before=${account}&after=${account}`,
  },
  decomposeChange: {
    shows: 'own',
    path: ({ territory }) => `/api/v1/changes?territory=${territory}&from=${period}&to=${period}&norm=${norm}`,
  },
  getAccountSeries: {
    shows: 'own',
    path: ({ territory }) => `/api/v1/accounts/series?territory=${territory}&from=2023&to=2024&norm=${norm}`,
  },
  listFlows: { shows: 'own-list' },
  getFlow: { shows: 'own', path: ({ flow }) => `/api/v1/flows/${flow}` },
  declareFlow: { shows: 'nation', call: () => keyed({ ...flowAbroad, from: '2025-01-01' }), status: 201 },
  withdrawFlow: {
    shows: 'own',
    path: ({ flow }) => `/api/v1/flows/${flow}/withdraw`,
    call: () => keyed({ reason: '不再需要 no longer needed' }),
    // Whoever may see it is told that it was withdrawn before.
    status: 409,
  },
  listBalances: { shows: 'own-list', path: () => '/api/v1/ledger/balances' },
  listVouchers: { shows: 'own-list', path: () => '/api/v1/ledger/vouchers' },
  getVoucher: { shows: 'own', path: ({ voucher }) => `/api/v1/ledger/vouchers/${voucher}` },
  getInvariants: { shows: 'public' },
  listFunds: { shows: 'own-list' },
  // Nothing was paid to a fund, so the list is empty for everybody.
  listInTransit: { shows: 'public', path: () => '/api/v1/funds/in-transit' },
  listSurplus: { shows: 'own-list', path: () => '/api/v1/funds/surplus' },
  openFund: {
    shows: 'deed',
    call: ({ territory }) => keyed({ territory, code: `f-${randomUUID().slice(0, 8)}`, ...fundNames }),
    status: 201,
  },
  getFund: { shows: 'own', path: ({ fund }) => `/api/v1/funds/${fund}` },
  listFundReservations: { shows: 'own', path: ({ fund }) => `/api/v1/funds/${fund}/reservations` },
  addFundSource: {
    shows: 'own',
    path: ({ fund }) => `/api/v1/funds/${fund}/sources`,
    call: () =>
      keyed({ code: `s-${randomUUID().slice(0, 8)}`, department: 'finance', purposes: ['water'], budgetYear: 2025 }),
    status: 201,
  },
  receiveMoney: {
    shows: 'own',
    path: ({ fund }) => `/api/v1/funds/${fund}/receipts`,
    call: () =>
      keyed({
        ...{ source: 'province', amountFen: '100', effectiveDate: '2024-03-01', memo: 'received' },
        businessKey: `slip-${randomUUID()}`,
      }),
    status: 201,
  },
  // What the fund does not have is refused, to whoever may see the fund.
  proposeTransfer: {
    shows: 'own',
    path: ({ fund }) => `/api/v1/funds/${fund}/transfers`,
    call: () => keyed({ from: 'province', to: 'province', amountFen: '1', reason: 'made up' }),
    status: 422,
  },
  proposeSurplusReturn: {
    shows: 'own',
    path: ({ fund }) => `/api/v1/funds/${fund}/surplus`,
    call: () => keyed({ reason: 'made up' }),
    status: 201,
  },
  proposeWriteOff: {
    shows: 'own',
    path: ({ fund }) => `/api/v1/funds/${fund}/write-offs`,
    call: () => keyed({ claim: 'billed', party: 'works', amountFen: '1', period: '2024', reason: 'made up' }),
    status: 409,
  },
  proposeAdjustment: {
    shows: 'own',
    path: ({ fund }) => `/api/v1/funds/${fund}/adjustments`,
    call: () => keyed({ postings: [], ruleEdition: 'made up', period: '2024', reason: 'made up' }),
    status: 422,
  },
  listProposals: { shows: 'own-list', path: () => '/api/v1/ledger/proposals' },
  ...Object.fromEntries(
    ['approve', 'refuse', 'post', 'withdraw'].map((act, at): [string, Line] => [
      `${act}Proposal`,
      {
        shows: 'own',
        path: ({ proposal }) =>
          `/api/v1/ledger/proposals/${proposal}/${['approval', 'refusal', 'posting', 'withdrawal'][at]}`,
        call: () => keyed({ reason: 'made up' }),
        // It was withdrawn: whoever may see it is told so.
        status: 409,
      },
    ]),
  ),
  reverseVoucher: {
    shows: 'own',
    path: ({ reversed }) => `/api/v1/ledger/vouchers/${reversed}/reversal`,
    call: () => keyed({ memo: 'made up' }),
    status: 409,
  },
  voidReservation: {
    shows: 'own',
    path: ({ voided }) => `/api/v1/ledger/reservations/${voided}/void`,
    call: () => keyed({ reason: 'made up' }),
    status: 409,
  },
  listClosings: { shows: 'public', path: () => '/api/v1/ledger/closings' },
  // The period is not over, so nothing is closed.
  closePeriod: {
    shows: 'deed',
    path: () => '/api/v1/ledger/closings',
    call: ({ territory }) => keyed({ territory, period: '2098' }),
    status: 409,
  },
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
  // There is no input, which is told before the fund is looked for.
  computeSettlement: {
    shows: 'public',
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
  listCompanies: { shows: 'own-list' },
  recordCompany: {
    shows: 'deed',
    call: ({ territory }) => keyed({ ...companyVersion, code: `c-${randomUUID().slice(0, 8)}`, territory }),
    status: 201,
  },
  getCompany: { shows: 'own', path: ({ company }) => `/api/v1/companies/${company}` },
  amendCompany: {
    shows: 'own',
    path: ({ company }) => `/api/v1/companies/${company}/versions`,
    call: () => keyed(companyVersion),
    status: 201,
  },
  grantSaleRight: {
    shows: 'own',
    path: ({ company }) => `/api/v1/companies/${company}/rights`,
    call: () => keyed({ territory: '520523', basis: 'entrustment', validFrom: '2020-01-01', reason: 'made up' }),
    status: 201,
  },
  // Its end lies ahead, so it goes on.
  endSaleRight: {
    shows: 'own',
    path: ({ company, saleRight }) => `/api/v1/companies/${company}/rights/${saleRight}/end`,
    call: () => keyed({ validTo: '2098-01-01', reason: 'made up' }),
    status: 422,
  },
  listSoldGains: { shows: 'own-list' },
  recordSoldGain: {
    shows: 'deed',
    call: ({ territory }) =>
      keyed({
        ...{ territory, service: 'soilRetention', year: '2019', amountFen: '1', soldTo: 'made up', reason: 'made up' },
        credit: randomUUID(),
      }),
    status: 201,
  },
  cancelSoldGain: {
    shows: 'own',
    path: ({ soldGain }) => `/api/v1/sold-gains/${soldGain}/cancel`,
    call: () => keyed({ reason: 'made up' }),
    status: 409,
  },
  listContracts: { shows: 'own-list' },
  // There is one for the place and the year.
  openContract: {
    shows: 'own',
    call: ({ company, fund }) => keyed({ ...contractTerms, code: `k-${randomUUID().slice(0, 8)}`, company, fund }),
    status: 409,
  },
  getContract: { shows: 'own', path: ({ contract }) => `/api/v1/contracts/${contract}` },
  actOnContract: {
    shows: 'own',
    path: ({ contract }) => `/api/v1/contracts/${contract}/acts`,
    call: () => keyed({ act: 'budget' }),
    status: 403,
  },
  ...Object.fromEntries(
    Object.entries(unpaid).map(([operationId, [path, body]]): [string, Line] => [
      operationId,
      {
        shows: 'own',
        path: ({ contract }) => `/api/v1/contracts/${contract}/${path}`,
        call: () => keyed(body),
        status: 409,
      },
    ]),
  ),
  // It is not published.
  getContractRelease: { shows: 'public', path: ({ contract }) => `/api/v1/contracts/${contract}/ocds`, status: 404 },
  listMarketPurchases: { shows: 'own-list' },
  signMarketPurchase: {
    shows: 'own',
    call: ({ company, purchase }) =>
      keyed({
        ...{ ...site, company, code: purchase },
        valuation: { valuer: 'made up', paidBy: 'buyer', gepFen: '2000', premiumFen: '0', ...digested },
      }),
    status: 422,
  },
  getMarketPurchase: { shows: 'own', path: ({ purchase }) => `/api/v1/market-purchases/${purchase}` },
  receiveInstalment: {
    shows: 'own',
    path: ({ purchase }) => `/api/v1/market-purchases/${purchase}/receipts`,
    call: () => keyed({ amountFen: '1', bankReference: randomUUID() }),
    status: 201,
  },
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
  ...dividendLines,
  listPublications: { shows: 'own-list', path: () => '/api/v1/publications' },
  getPublication: { shows: 'own', path: ({ publication }) => `/api/v1/publications/${publication}` },
  getAccount: { shows: 'own', path: ({ account }) => `/api/v1/accounts/${account}` },
  explainAccount: { shows: 'own', path: ({ account }) => `/api/v1/accounts/${account}/explain` },
  getExtent: {
    shows: 'own',
    path: ({ territory }) => `/api/v1/extent?territory=${territory}&before=${period}&after=${period}&norm=${norm}`,
  },
  // Rules are public law; who may propose, confirm and adopt is weighed before the rule is looked for.
  listPolicies: { shows: 'public' },
  listPoliciesInForce: {
    shows: 'public',
    path: ({ territory }) => `/api/v1/policies/in-force?territory=${territory}&period=${period}`,
  },
  getPolicy: { shows: 'public', path: () => `/api/v1/policies/${noEdition}`, status: 404 },
  listAdoptions: { shows: 'public', path: () => `/api/v1/policies/${noEdition}/adoptions` },
  proposePolicy: { shows: 'public', call: () => keyed({ preset: 'gep-share' }), status: 201 },
  confirmPolicy: {
    shows: 'public',
    path: () => `/api/v1/policies/${noEdition}/confirmations`,
    call: () => keyed({ territory: '520523', statement: 'made up' }),
    status: 404,
  },
  adoptPolicy: {
    shows: 'public',
    path: () => `/api/v1/policies/${noEdition}/adoptions`,
    call: () => keyed({ territory: '520523', from: '2024-01-01', reason: 'made up' }),
    status: 404,
  },
  withdrawAdoption: {
    shows: 'public',
    path: () => `/api/v1/policies/${noEdition}/adoptions/${randomUUID()}/withdraw`,
    call: () => keyed({ reason: 'made up' }),
    status: 404,
  },
  decidePolicy: { shows: 'public', call: () => ({ body: sharing }) },
  backtestPolicy: { shows: 'public', call: () => ({ body: { ...sharing, besidePreset: 'gep-share' } }) },
  bridgeNorms: {
    shows: 'own',
    path: ({ territory }) => `/api/v1/bridge?territory=${territory}&period=${period}&norm=${norm}&to=${norm}`,
  },
  getIndicators: {
    shows: 'own',
    path: ({ territory }) => `/api/v1/indicators?territory=${territory}&period=${period}&norm=${norm}`,
  },
  getInterval: {
    shows: 'own',
    path: ({ territory }) => `/api/v1/interval?territory=${territory}&period=${period}&norm=${norm}&draws=100`,
  },
  getAssetValue: {
    shows: 'own',
    path: ({ territory }) =>
      `/api/v1/asset-value?territory=${territory}&before=${period}&norm=${norm}&rate=0.02&horizon=10`,
  },
  computeCondition: {
    shows: 'own',
    call: ({ territory }) => ({
      body: { territory, period, norm, variables: [rainAsCondition] },
    }),
  },
  listFindings: { shows: 'own', path: ({ account }) => `/api/v1/accounts/${account}/findings` },
  explainFinding: {
    shows: 'own',
    path: ({ account }) => `/api/v1/accounts/${account}/findings/${'0'.repeat(24)}/explanations`,
    call: () => keyed({ text: '没有这样的问题，只看是否放行' }),
    status: 404,
  },
  getReport: { shows: 'own', path: ({ account }) => `/api/v1/accounts/${account}/report?format=csv` },
  getSupplyUse: { shows: 'own', path: ({ account }) => `/api/v1/accounts/${account}/supply-use` },
  explainCurrentAccount: {
    shows: 'own',
    path: ({ territory }) => `/api/v1/accounts/current/explain?territory=${territory}&period=${period}&norm=${norm}`,
  },
  compareCurrentAccounts: {
    shows: 'own',
    path: ({ territory }) =>
      `/api/v1/accounts/current/compare?territory=${territory}&before=${period}&after=${period}&norm=${norm}`,
  },
  listReviews: { shows: 'own-list' },
  getReview: { shows: 'own', path: ({ territory }) => `/api/v1/reviews/${territory}/${period}/${norm}` },
  listReviewSteps: { shows: 'own', path: ({ territory }) => `/api/v1/reviews/${territory}/${period}/${norm}/steps` },
  actOnReview: {
    shows: 'own',
    path: ({ territory }) => `/api/v1/reviews/${territory}/${period}/${norm}/acts`,
    call: () => keyed({ act: 'submit' }),
    // The account is published, so whoever may see it is told of its lock.
    status: 409,
  },
  listSheets: {
    shows: 'own',
    path: ({ territory }) => `/api/v1/sheets?territory=${territory}&period=${period}&norm=${norm}`,
  },
  takeSheetBack: {
    shows: 'own',
    path: () => '/api/v1/sheets/weather/take-back',
    call: ({ territory }) => keyed({ territory, period, norm, reason: '报错了 sent by mistake' }),
    // Everything was uploaded as a whole, so no sheet stands: whoever may import there is told so.
    status: 404,
  },
  listReminders: { shows: 'own-list', path: () => '/api/v1/sheets/reminders' },
  listDisclosures: { shows: 'own-list' },
  getDisclosure: { shows: 'own', path: ({ disclosure }) => `/api/v1/disclosures/${disclosure}` },
  getDisclosureDocument: { shows: 'own', path: ({ disclosure }) => `/api/v1/disclosures/${disclosure}/document` },
  listUsers: { shows: 'own-list', path: () => '/api/v1/users?territory=520523' },
  addUser: {
    shows: 'deed',
    call: ({ territory }) => keyed({ ...newcomer(), grants: [{ role: 'viewer', territory }] }),
    status: 201,
  },
  getUser: { shows: 'own', path: ({ login }) => `/api/v1/users/${login}` },
  setUserStatus: {
    shows: 'own',
    path: ({ login }) => `/api/v1/users/${login}/status`,
    call: () => keyed({ status: 'active' }),
  },
  grantRole: {
    shows: 'own',
    path: ({ login }) => `/api/v1/users/${login}/grants`,
    call: () => keyed({ role: 'viewer', territory: '520523' }),
  },
  revokeRole: {
    shows: 'own',
    path: ({ login }) => `/api/v1/users/${login}/grants/auditor/520523`,
    call: keyOnly,
    // There is the person, but not the role.
    status: 404,
  },
  issuePasswordLink: {
    shows: 'own',
    path: ({ login }) => `/api/v1/users/${login}/link`,
    call: keyOnly,
    status: 201,
  },
  endSessions: { shows: 'own', path: ({ login }) => `/api/v1/users/${login}/sessions`, call: keyOnly },
  listAudit: { shows: 'own-list', path: () => '/api/v1/audit?territory=520523' },
  verifyAudit: { shows: 'nation' },
  getLiveness: { shows: 'public' },
  getReadiness: { shows: 'public' },
  // Last, because it ends the session.
  signOut: { shows: 'public', status: 204 },
};
