/** Figures of ecosystem asset units: parts of published accounts by ecosystem type, or nodes of a parallel tree. */
import {
  type AccountLine,
  type AccountRecord,
  findAccount,
  findDisclosure,
  listLines,
  type TreeAccountsService,
} from '@gep/accounting';
import { digestOfValue, type Fen, formatYuan, type Period, sumFen } from '@gep/kernel';
import type { Actor } from '@gep/platform';
import type { Reliance } from '@gep/settlement';
import type { EntityManager } from 'typeorm';
import type { AccountsInput, AgreementTerms } from '../agreement/agreement-terms';
import { DeedNotAgreed } from '../errors';
import type { MeasuredTable } from '../measurement/measured-table';

/** The vintage of an account that a figure rests on. */
export type AssetReliance = Pick<Reliance, 'figure' | 'accountId' | 'disclosureId' | 'upstreamTerritory' | 'period'>;

export interface AssetFigures extends MeasuredTable {
  /** SHA-256 of the digests of the accounts. */
  readonly digest: string;
  readonly reliances: readonly AssetReliance[];
}

/** Lines of the counted services, or all. */
const isCounted =
  ({ services, categories }: AccountsInput) =>
  ({ service, category }: Pick<AccountLine, 'service' | 'category'>): boolean =>
    (services.length === 0 && categories.length === 0) || services.includes(service) || categories.includes(category);

/** By ecosystem type: only published accounts count. @throws DeedNotAgreed */
export async function figuresOfAssets(
  tx: EntityManager,
  terms: AgreementTerms,
  input: AccountsInput,
  period: Period,
): Promise<AssetFigures> {
  const accounts = new Map<string, AccountRecord>();
  for (const place of new Set(input.assets.map((asset) => asset.place))) {
    const found = await findAccount(tx, { territory: place, period, norm: { id: input.norm }, published: true });
    if (!found) throw unpublished(terms.code, place, period);
    accounts.set(place, found);
  }
  const lines = await listLines(
    tx,
    [...accounts.values()].map(({ id }) => id),
  );
  const reliances: AssetReliance[] = [];
  const rows = [];
  for (const { unit, place, types } of input.assets) {
    const account = accounts.get(place)!;
    const own = (lines.get(account.id) ?? []).filter(({ type }) => type !== null && types.includes(type));
    rows.push(rowOf(unit, period, sumFen(own.filter(isCounted(input)).map(({ valueFen }) => valueFen))));
    const disclosure = await findDisclosure(tx, { territory: place, period, normId: input.norm });
    reliances.push({
      ...{
        figure: unit,
        accountId: account.id,
        disclosureId: disclosure?.id ?? null,
        upstreamTerritory: place,
        period,
      },
    });
  }
  const digest = digestOfValue([...accounts.values()].map((account) => account.digest).sort());
  return { header: headerOf(input), rows, digest, reliances };
}

/** By node of a tree; call it before the transaction. @throws TreeMissing, AccountMissing, DeedNotAgreed */
export async function figuresOfTree(
  trees: TreeAccountsService,
  actor: Actor,
  terms: AgreementTerms,
  { input, period }: { readonly input: AccountsInput; readonly period: Period },
): Promise<AssetFigures> {
  const answer = await trees.accounts(actor, { tree: input.tree!, period, norm: input.norm, published: true });
  const nodes = new Map(answer.nodes.map((node) => [node.code, node.totals]));
  const units = terms.parties.flatMap((party) => party.units);
  const rows = units.map((unit) => {
    const totals = nodes.get(unit);
    if (!totals)
      throw new DeedNotAgreed(terms.code, {
        zh: `树 ${input.tree} 在 ${period} 没有节点“${unit}”`,
        en: `the tree ${input.tree} has no node "${unit}" in ${period}`,
      });
    const { services, categories } = input;
    const counted = [
      ...services.map((one) => totals.byService[one]),
      ...categories.map((one) => totals.byCategory[one]),
    ];
    return rowOf(unit, period, counted.length === 0 ? totals.totalFen : sumFen(counted.map((fen) => fen ?? 0n)));
  });
  const reliances = units.flatMap((figure) =>
    answer.divided.map(({ accountId, territory }) => ({
      ...{ figure, accountId, disclosureId: null, upstreamTerritory: territory, period },
    })),
  );
  return {
    header: headerOf(input),
    rows,
    digest: digestOfValue(answer.divided.map((one) => one.digest).sort()),
    reliances,
  };
}

const headerOf = ({ column }: AccountsInput): string[] => ['unit', 'period', `${column} [yuan]`];
const rowOf = (unit: string, period: Period, fen: Fen): string[] => [unit, period, formatYuan(fen)];

const unpublished = (code: string, place: string, period: Period): DeedNotAgreed =>
  new DeedNotAgreed(
    code,
    {
      zh: `${place} ${period} 的账户尚未发布；钱只依据已发布的账户（gep review act … publish）`,
      en: `the account of ${place} ${period} is not published; money rests on published accounts only (gep review act … publish)`,
    },
    { place, period },
  );
