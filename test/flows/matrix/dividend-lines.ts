/** Lines of the matrix: owners, parcels and dividends. */
import { randomUUID } from 'node:crypto';
import { absent, type Line } from './matrix-line';

/** Registers and dividends of a company that is not there, so that everybody is told the same. */
const noCompany = 'made-up';
const stated = { reason: '试过 tried', documentDigest: 'd'.repeat(64) };
const deed = { company: noCompany, on: '2025-01-01', ...stated };
const noDividend = `dividends/${randomUUID()}`;
export const dividendLines: Readonly<Record<string, Line>> = {
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
  listOwnAppeals: absent(`my/${noDividend}/appeals`),
  fileOwnAppeal: absent(`my/${noDividend}/appeals`, { grounds: stated.reason }),
  actOnOwnAppeal: absent(`my/${noDividend}/appeals/${randomUUID()}/acts`, { act: 'withdraw', reason: stated.reason }),
};
