/** What a disclosure is proved by: its digests, the row of the trail that holds them, and the signature of the platform. */
import { canonicalJson } from '@gep/kernel';
import type { AuditRow } from '@gep/platform';
import type { DisclosureDocument, DisclosurePlace } from './disclosed-document';
import type { DisclosedFigure } from './disclosed-figure';

/** The deed by which it was published, with its place in the chain of the trail: `hash` is the head after it. */
export type SealedRow = AuditRow;

export interface DisclosureReceipt {
  /** SHA-256 of the text of the document. */
  readonly documentDigest: string;
  /** Root of the tree over its figures. */
  readonly root: string;
  readonly row: SealedRow;
  /** Ed25519 public key of the platform, 32 bytes in hex; compare it with one that you had from elsewhere. */
  readonly publicKey: string;
  /** Ed25519 over `signedText`, in hex. */
  readonly signature: string;
}

/** What is downloaded: a whole year. */
export interface DisclosurePackage {
  readonly document: DisclosureDocument;
  readonly receipt: DisclosureReceipt;
}

/** What is downloaded: one figure, proved without the others. */
export interface FigureReceipt {
  readonly territory: string;
  readonly year: number;
  readonly edition: number;
  readonly figure: DisclosedFigure;
  readonly index: number;
  readonly size: number;
  /** Digests from the leaf up to the root. */
  readonly path: readonly string[];
  readonly receipt: DisclosureReceipt;
}

/** What the platform signs: the digests and the head of the chain. */
export const signedText = (
  documentDigest: string,
  root: string,
  { seq, hash }: Pick<AuditRow, 'seq' | 'hash'>,
): string => canonicalJson({ documentDigest, root, chain: { rows: seq, head: hash } });

/** What the row of the trail says of the disclosure. */
export const rowContent = (place: DisclosurePlace, documentDigest: string, root: string): object => ({
  ...{ territory: place.territory, year: place.year, edition: place.edition, documentDigest, root },
});

export const publishedAction = 'evaluation.disclosure.publish';
