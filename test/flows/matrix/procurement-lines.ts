/** Lines of the matrix: companies, contracts, market purchases. */
import { randomUUID } from 'node:crypto';
import { norm, period, keyed, noEdition, type Line } from './matrix-line';

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

export const procurementLines: Readonly<Record<string, Line>> = {
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
};
