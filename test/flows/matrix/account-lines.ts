/** Lines of the matrix: publications, rules, accounts, reviews and people. */
import { randomUUID } from 'node:crypto';
import { norm, period, keyed, keyOnly, noEdition, type Line } from './matrix-line';

const newcomer = () => ({ login: `new-${randomUUID()}`, name: '新人 Newcomer' });
const sharing = { preset: 'gep-share', rows: [{ unit: '990101', period, gep: '1' }], totals: { pool: '1' } };
const rainAsCondition = {
  ...{ code: 'precipitation', class: 'A1', unit: 'mm/a', direction: 'higher-better' },
  ...{ low: '500', high: '1500', reference: 'contemporary' },
};

export const accountLines: Readonly<Record<string, Line>> = {
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
