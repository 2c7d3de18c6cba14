/** Lines of the matrix: people, places, norms, uploads, runs and flows. */
import { randomUUID } from 'node:crypto';
import { formOf } from '../api-under-test';
import { norm, period, keyed, type Line } from './matrix-line';

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

export const placeLines: Readonly<Record<string, Line>> = {
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
};
