/** What a unit or a party of a settlement got, down to the parameters, their sources and the vintages of its accounts. */
import type { Bilingual } from '@gep/kernel';
import { getPolicyEdition, lineWorkings, type LineWorking, type PolicyRule } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { SettlementMissing } from '../errors';
import { thawBook } from '../input/plain-book';
import type { AccountFigure } from '../input/settlement-input';
import type { PlacedPart, SettlementGist, SettlementHead } from '../settlement';
import { getSnapshot, listFigures, listHeads, listLines, listParts, type PlacedLine } from '../settlement.store';

export interface SettlementExplanation {
  readonly gist: SettlementGist;
  readonly rule: Pick<PolicyRule, 'id' | 'title' | 'edition' | 'status' | 'sources'>;
  /** Values of the whole, by payment; null to a party that does not see the head. */
  readonly payments: readonly object[] | null;
  readonly lines: readonly PlacedLine[];
  /** How each line came from the figures; null to a party, and where more units are asked for than anybody reads. */
  readonly workings: readonly LineWorking[] | null;
  /** Names of the rule (columns, parameters, formulas) that lines and payments tell values of. */
  readonly names: Readonly<Record<string, Bilingual>>;
  readonly parts: readonly PlacedPart[];
  readonly figures: readonly AccountFigure[];
}

/** Units whose workings somebody reads. */
const mostWorked = 1000;

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
  const decidedBy = await getPolicyEdition(tx, first.gist.ruleEdition);
  const { title, edition, status, sources, id: rule } = decidedBy;
  const [head] = await listHeads(tx, { ids: [id] });
  const figures = await listFigures(tx, id, unit);
  const units = new Set(lines.map((line) => line.unit));
  return {
    gist: first.gist,
    rule: { id: rule, title, edition, status, sources },
    payments: (head?.decision['payments'] as object[] | undefined) ?? null,
    lines,
    workings: head && units.size <= mostWorked ? await workingsOf(tx, decidedBy, head, units) : null,
    names: Object.fromEntries([...decidedBy.names.values()].map(({ code, name }) => [code, name])),
    parts: rows
      .filter(
        (part) => party === part.party || (party === undefined && (unit === undefined || touched.has(part.party))),
      )
      .map(({ settlementId: _id, gist: _gist, ...part }) => part),
    figures: figures.filter((figure) => units.has(figure.unit)),
  };
}

async function workingsOf(
  tx: EntityManager,
  rule: PolicyRule,
  head: SettlementHead,
  units: ReadonlySet<string>,
): Promise<LineWorking[]> {
  const book = thawBook(await getSnapshot(tx, head));
  return lineWorkings(rule, book, rule.period === 'none' ? '' : head.period, units);
}
