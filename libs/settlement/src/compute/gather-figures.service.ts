/** Takes the figures of a settlement from its document or from published accounts, as one table. */
import type { EntityManager } from 'typeorm';
import type { SettlementDraft } from '../draft/settlement-draft';
import type { AccountFigure, InputTable } from '../input/settlement-input';
import type { SettlementTools } from '../settlement-tools.service';

export interface GatheredFigures {
  readonly table: InputTable & { readonly totals?: Readonly<Record<string, string>> };
  readonly figures: readonly AccountFigure[];
}

/** @throws FiguresRefused with everything that stands in the way */
export async function gatherFigures(
  _tx: EntityManager,
  _tools: SettlementTools,
  { input }: SettlementDraft,
): Promise<GatheredFigures> {
  if (input.kind === 'table') return { table: input, figures: [] };
  throw new Error('accounts come next');
}
