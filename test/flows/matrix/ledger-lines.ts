/** Lines of the matrix: the book and its funds. */
import { randomUUID } from 'node:crypto';
import { keyed, type Line } from './matrix-line';

const fundNames = { nameZh: '资金', nameEn: 'fund', shortfallPolicy: 'pro-rata' };

export const ledgerLines: Readonly<Record<string, Line>> = {
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
};
