/** The text of a yearly disclosure: what a territory tells the public of a year, the same bytes for ever. */
import { canonicalJson, type Bilingual } from '@gep/kernel';
import type { FigureCorrection } from './figure-corrections';

/** Which territory, year and edition a figure is disclosed in. */
export interface DisclosurePlace {
  readonly territory: string;
  readonly year: number;
  readonly edition: number;
}

/** What a figure tells of. */
export const figureKinds = ['account', 'target', 'progress', 'score'] as const;
export type FigureKind = (typeof figureKinds)[number];

/** One public figure with all that it rests on. */
export interface DisclosedFigure {
  /** Its stable name within the territory and year, for example `account.cn-terrestrial.service.waterRetention`. */
  readonly id: string;
  readonly kind: FigureKind;
  readonly name: Bilingual;
  /** Decimal text, or the word of a grade. */
  readonly value: string;
  /** Of the rulebook; `1` for a pure number or a word. */
  readonly unit: string;
  /** Id of the account vintage that it was published with; null where it rests on none. */
  readonly vintage: string | null;
  /** `id edition` of the norm; null where no account is behind it. */
  readonly norm: string | null;
  /** Digest of the account, of the snapshot of a score or of the edition of a plan. */
  readonly digest: string;
  /** Edition of the rule or plan that gave it; null for an account. */
  readonly rule: string | null;
  /** Evidence grade of the weakest value behind it. */
  readonly grade: string;
}

export interface DisclosureDocument {
  readonly format: 1;
  readonly territory: { readonly code: string; readonly nameZh: string; readonly nameEn: string | null };
  readonly year: number;
  /** 1 for the first; every correction is an edition of its own. */
  readonly edition: number;
  /** Digest of the document of the edition before; null for the first. */
  readonly before: string | null;
  /** Why there is a new edition; null for the first. */
  readonly reason: string | null;
  /** What the year was, in one sentence of plain language. */
  readonly plain: Bilingual;
  readonly figures: readonly DisclosedFigure[];
  readonly corrections: readonly FigureCorrection[];
}

/** Canonical JSON of the document. Every member is named, so that none that comes later enters what was published before. */
export function documentText(document: DisclosureDocument): string {
  const { format, territory, year, edition, before, reason, plain, figures, corrections } = document;
  const { code, nameZh, nameEn } = territory;
  return canonicalJson({
    ...{ format, territory: { code, nameZh, nameEn }, year, edition, before, reason },
    plain: { zh: plain.zh, en: plain.en },
    figures: figures.map(plainFigure),
    corrections: corrections.map(({ figure, before: was, after }) => ({ figure, before: was, after })),
  });
}

/** Canonical JSON of one figure and of where and when it was disclosed: what a leaf of the tree is made of. */
export const figureText = ({ territory, year, edition }: DisclosurePlace, figure: DisclosedFigure): string =>
  canonicalJson({ territory, year, edition, ...plainFigure(figure) });

/** The leaves of a document, in its order. */
export function leavesOf({ territory, year, edition, figures }: DisclosureDocument): string[] {
  return figures.map((figure) => figureText({ territory: territory.code, year, edition }, figure));
}

function plainFigure({ id, kind, name, value, unit, vintage, norm, digest, rule, grade }: DisclosedFigure): object {
  return { id, kind, name: { zh: name.zh, en: name.en }, value, unit, vintage, norm, digest, rule, grade };
}
