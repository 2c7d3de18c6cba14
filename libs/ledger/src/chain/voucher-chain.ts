/** The seals of the book, worked out without the database, so that writer and checker share no code. */
import { digestOf } from '@gep/kernel';

/** A voucher as its seal covers it. */
export interface SealedContent {
  readonly id: string;
  readonly territoryPath: string;
  readonly businessKey: string;
  readonly kind: string;
  readonly effectiveDate: string;
  readonly aboutDate: string | null;
  readonly reverses: string | null;
  readonly aboutVoucher: string | null;
  readonly runNo: string;
  readonly postingCount: number;
  readonly memo: string;
  readonly bodyDigest: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly recordedAt: Date;
  /** Bases by number, each as its six fields: number, rule edition, vintage, agreement, period, territory path. */
  readonly bases: readonly (readonly (string | null)[])[];
}

/** A row of ledger.voucher_seal. */
export interface VoucherSeal {
  readonly seq: string;
  readonly voucherId: string;
  readonly at: string;
  readonly contentHash: string;
  readonly prevHash: string;
  readonly hash: string;
}

/** How many seals there are and the last of them: note it outside of the database to prove the book whole later. */
export interface BookHead {
  readonly seals: number;
  readonly hash: string;
}

/** Where the chain of seals does not hold. `seal-missing` also stands for a seal that was moved. */
export interface SealBreak {
  readonly seq: number;
  readonly reason: 'seal-missing' | 'wrong-link' | 'altered-seal' | 'altered-voucher' | 'head-differs';
  readonly voucherId?: string;
}

/** How far the chain holds. */
export interface ChainVerdict {
  /** The last seal up to which everything holds. */
  readonly head: BookHead;
  /** The first place where it does not; absent when all of it does. */
  readonly broken?: SealBreak;
  /** It was not followed to its end. */
  readonly more?: true;
}

export const emptyBook: BookHead = { seals: 0, hash: '0'.repeat(64) };

/** Postings are hashed in blocks of this many, by number. */
export const postingsInBlock = 4096;

const field = (text: string | null): string => (text === null ? '-,' : `${Buffer.byteLength(text)}:${text},`);

/** @param lines digests of the blocks of postings, one after the other */
export function contentHash(content: SealedContent, lines: string): string {
  const bases = content.bases.map((basis) => basis.map(field).join('')).join('');
  const fields = [
    ...[content.id, content.territoryPath, content.businessKey, content.kind, content.effectiveDate, content.aboutDate],
    ...[content.reverses, content.aboutVoucher, content.runNo, String(content.postingCount), content.memo],
    ...[content.bodyDigest, content.actorId, content.actorName, content.recordedAt.toISOString(), bases, lines],
  ];
  return digestOf(fields.map(field).join(''));
}

/** Checks one seal against the head before it: the new head, or where the chain breaks. */
export function followSeal(head: BookHead, seal: VoucherSeal, contentHashOfVoucher: string): BookHead | SealBreak {
  const { voucherId } = seal;
  const seq = head.seals + 1;
  if (Number(seal.seq) !== seq) return { seq, reason: 'seal-missing' };
  if (seal.prevHash !== head.hash) return { seq, reason: 'wrong-link', voucherId };
  const expected = digestOf([seal.prevHash, seal.seq, seal.at, seal.voucherId, seal.contentHash].map(field).join(''));
  if (seal.hash !== expected) return { seq, reason: 'altered-seal', voucherId };
  if (seal.contentHash !== contentHashOfVoucher) return { seq, reason: 'altered-voucher', voucherId };
  return { seals: seq, hash: seal.hash };
}
