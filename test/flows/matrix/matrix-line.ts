/** What a line of the matrix says of an operation, and the things of a county that lines ask for. */
import { randomUUID } from 'node:crypto';
import type { Call } from '../api-under-test';

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
  /** A person of the county in the register of credit, an entry that was returned, and what of it is over. */
  readonly creditSubject: string;
  readonly creditEvent: string;
  readonly creditObjection: string;
  readonly creditMeasure: string;
  readonly creditConsent: string;
  /** A shadow of a settlement that is real by now. */
  readonly shadow: string;
  /** A yearly disclosure of the county that was withdrawn. */
  readonly yearlyDisclosure: string;
  /** A departing audit of the county whose commission was withdrawn. */
  readonly departure: string;
  /** A plan of targets that was withdrawn, and a figure from outside of a site of the county that was confirmed. */
  readonly targetPlan: string;
  readonly outsideFigure: string;
  /** An incident of the county that was rejected. */
  readonly incident: string;
  readonly territory: string;
  readonly login: string;
}

export const nothing: Things = {
  ...{ upload: randomUUID(), run: randomUUID(), account: randomUUID(), territory: '520599' },
  disclosure: randomUUID(),
  yearlyDisclosure: randomUUID(),
  departure: randomUUID(),
  ...{ targetPlan: randomUUID(), outsideFigure: randomUUID(), incident: randomUUID() },
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
  ...{ creditSubject: randomUUID(), creditEvent: randomUUID(), creditObjection: randomUUID() },
  ...{ creditMeasure: randomUUID(), creditConsent: randomUUID() },
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

export interface Line {
  readonly shows: Shows;
  readonly path?: (things: Things) => string;
  readonly call?: (things: Things) => Call;
  /** Status for people of the county, when it is not 200. */
  readonly status?: number;
}

export const keyed = (body: object): Call => ({ body, headers: { 'idempotency-key': randomUUID() } });
export const keyOnly = (): Call => ({ headers: { 'idempotency-key': randomUUID() } });
export const absent = (path: string, body?: object): Line => ({
  ...{ shows: 'public', path: () => `/api/v1/${path}`, status: 404 },
  ...(body && { call: () => keyed(body) }),
});
export const noEdition = '0'.repeat(64);
