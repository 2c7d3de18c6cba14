/** The text of a yearly disclosure: what a territory tells the public of a year, the same bytes for ever. */
import { canonicalJson, type Bilingual } from '@gep/kernel';
import type { DisclosedFigure } from './disclosed-figure';
import type { FigureCorrection } from './figure-corrections';

/** Which territory, year and edition a figure is disclosed in. */
export interface DisclosurePlace {
  readonly territory: string;
  readonly year: number;
  readonly edition: number;
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
