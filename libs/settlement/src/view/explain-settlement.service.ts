/** What a unit or a party of a settlement got, down to the parameters, their sources and the vintages of its accounts. */
import { getPolicyEdition, type PolicyRule } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { SettlementMissing } from '../errors';
import type { AccountFigure } from '../input/settlement-input';
import type { PlacedPart, SettlementGist } from '../settlement';
import { listFigures, listHeads, listLines, listParts, type PlacedLine } from '../settlement.store';

export interface SettlementExplanation {
  readonly gist: SettlementGist;
  readonly rule: Pick<PolicyRule, 'id' | 'title' | 'edition' | 'status' | 'sources'>;
  /** Values of the whole, by payment; null to a party that does not see the head. */
  readonly payments: readonly object[] | null;
  readonly lines: readonly PlacedLine[];
  readonly parts: readonly PlacedPart[];
  readonly figures: readonly AccountFigure[];
}

/** Only lines and parts that the actor sees. @throws SettlementMissing */
export async function explainSettlement(
  tx: EntityManager,
  id: string,
  { unit, party }: { readonly unit?: string; readonly party?: string },
): Promise<SettlementExplanation> {
  const isId = /^[0-9a-f-]{36}$/.test(id);
  const rows = isId ? await listParts(tx, { settlementIds: [id], party }) : [];
  const all = rows.length > 0 || !isId ? rows : await listParts(tx, { settlementIds: [id] });
  const lines = isId ? await listLines(tx, id, { unit, party }) : [];
  const [first] = all;
  if (!first || (lines.length === 0 && (unit !== undefined || rows.length === 0)))
    throw new SettlementMissing(
      { zh: '结算行', en: 'line of the settlement' },
      [id, unit, party].filter(Boolean).join(' '),
    );
  const touched = new Set(lines.flatMap(({ fromParty, toParty }) => [fromParty, toParty]));
  const { title, edition, status, sources, id: rule } = await getPolicyEdition(tx, first.gist.ruleEdition);
  const [head] = await listHeads(tx, { ids: [id] });
  const figures = await listFigures(tx, id, unit);
  const units = new Set(lines.map((line) => line.unit));
  return {
    gist: first.gist,
    rule: { id: rule, title, edition, status, sources },
    payments: (head?.decision['payments'] as object[] | undefined) ?? null,
    lines,
    parts: rows
      .filter(
        (part) => party === part.party || (party === undefined && (unit === undefined || touched.has(part.party))),
      )
      .map(({ settlementId: _id, gist: _gist, ...part }) => part),
    figures: figures.filter((figure) => units.has(figure.unit)),
  };
}
