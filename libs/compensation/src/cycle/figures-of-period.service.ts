/** What a period of an agreement is settled by: published accounts, asset units of them, or approved measurements. */
import type { TreeAccountsService } from '@gep/accounting';
import { digestOfValue, type Period } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { SettlementInput } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import type { AccountsInput, AgreementTerms } from '../agreement/agreement-terms';
import type { AgreementEdition } from '../agreement/agreement.store';
import { measuredTable, type MeasuredTable, type StandInUnit } from '../measurement/measured-table';
import { approvedTables } from '../measurement/measurement.service';
import { type AssetFigures, type AssetReliance, figuresOfAssets, figuresOfTree } from './asset-figures.service';

export interface PeriodFigures {
  readonly input: SettlementInput;
  readonly standIns: readonly StandInUnit[];
  readonly reliances: readonly AssetReliance[];
}

/** Figures of a tree, which only their own transaction can read; undefined for every other agreement. */
export async function treeFiguresOf(
  trees: TreeAccountsService,
  actor: Actor,
  terms: AgreementTerms,
  period: Period,
): Promise<AssetFigures | undefined> {
  const { input } = terms;
  if (input.kind !== 'accounts' || input.tree === null) return undefined;
  return figuresOfTree(trees, actor, terms, { input, period });
}

/** @param totals values of the whole that the rule asks for @throws DeedNotAgreed */
export async function figuresOfPeriod(
  tx: EntityManager,
  edition: AgreementEdition,
  period: Period,
  {
    totals,
    treeFigures,
  }: { readonly totals: Readonly<Record<string, string>>; readonly treeFigures: AssetFigures | undefined },
): Promise<PeriodFigures> {
  const { terms } = edition;
  const { input } = terms;
  if (input.kind === 'measured') {
    const { standIns, ...table } = measuredTable(terms, period, await approvedTables(tx, edition));
    const own = Object.entries(totals).filter(([column]) => !table.header.includes(column));
    const digest = digestOfValue([table.header, table.rows]);
    return {
      input: tableInput(table, `${terms.code} ${period}`, digest, Object.fromEntries(own)),
      standIns,
      reliances: [],
    };
  }
  const assets = treeFigures ?? (input.assets.length > 0 ? await figuresOfAssets(tx, terms, input, period) : undefined);
  if (assets) {
    const { digest, reliances } = assets;
    return { input: tableInput(assets, `${input.norm} ${period}`, digest, totals), standIns: [], reliances };
  }
  return { input: accountsInput(terms, input, period, totals), standIns: [], reliances: [] };
}

/** A table of the agreement itself: an amount for each unit. */
export const amountsInput = (
  name: string,
  column: string,
  amounts: ReadonlyMap<string, string>,
  period: Period,
): SettlementInput => {
  const rows = [...amounts].map(([unit, yuan]) => [unit, period, yuan]);
  const table = { header: ['unit', 'period', column], rows };
  return tableInput(table, name, digestOfValue(table), {});
};

function tableInput(
  { header, rows }: MeasuredTable,
  name: string,
  digest: string,
  totals: Readonly<Record<string, string>>,
): SettlementInput {
  return { kind: 'table', header, rows, document: { name, digest }, totals };
}

function accountsInput(
  { parties }: AgreementTerms,
  { column, norm, services, categories, pricesOf, yearsBefore }: AccountsInput,
  period: Period,
  totals: Readonly<Record<string, string>>,
): SettlementInput {
  const back = Array.from({ length: yearsBefore + 1 }, (_, at) => Number(period.slice(0, 4)) - yearsBefore + at);
  const isWhole = services.length === 0 && categories.length === 0;
  return {
    ...{ kind: 'accounts', totals, units: parties.flatMap(({ units }) => units) },
    periods: back.map((year) => `${year}${period.slice(4)}`),
    columns: [
      {
        ...{ column, norm, figure: isWhole ? 'total' : { services, categories } },
        prices: pricesOf === null ? 'current' : { constant: pricesOf },
      },
    ],
  };
}
