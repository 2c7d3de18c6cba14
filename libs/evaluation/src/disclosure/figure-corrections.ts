/** What a new edition of a yearly disclosure says otherwise than the one before, figure by figure. */
import type { DisclosedFigure } from './disclosed-figure';

export interface FigureCorrection {
  readonly figure: string;
  /** Null where the figure is new. */
  readonly before: { readonly value: string; readonly unit: string; readonly vintage: string | null } | null;
  /** Null where the figure is told no more. */
  readonly after: { readonly value: string; readonly unit: string; readonly vintage: string | null } | null;
}

/** Every figure whose value, unit or vintage differs, by id. */
export function figureCorrections(
  before: readonly DisclosedFigure[],
  after: readonly DisclosedFigure[],
): FigureCorrection[] {
  const byId = (figures: readonly DisclosedFigure[]) => new Map(figures.map((figure) => [figure.id, stated(figure)]));
  const [was, is] = [byId(before), byId(after)];
  const ids = [...new Set([...was.keys(), ...is.keys()])].sort();
  return ids
    .map((figure) => ({ figure, before: was.get(figure) ?? null, after: is.get(figure) ?? null }))
    .filter(({ before: a, after: b }) => a?.value !== b?.value || a?.unit !== b?.unit || a?.vintage !== b?.vintage);
}

const stated = ({ value, unit, vintage }: DisclosedFigure) => ({ value, unit, vintage });
