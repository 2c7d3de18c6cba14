/** Takes the figures of a settlement from its document, or from published accounts that compare, as one table. */
import {
  type AccountRecord,
  type ChangeEffect,
  changeEffects,
  findAccountById,
  findBoundaryBreak,
  findDisclosure,
  type Disclosure,
  listLines as listAccountLines,
  payableIncrement,
} from '@gep/accounting';
import { type Bilingual, DomainError, type Fen, formatYuan } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import type { SettlementDraft } from '../draft/settlement-draft';
import { FiguresRefused, SettlementRefused } from '../errors';
import type { AccountFigure, ColumnBinding, InputTable, SettlementInput, TableCell } from '../input/settlement-input';
import { joinTable, periodBefore } from '../input/join-table';
import type { SettlementTools } from '../settlement-tools.service';

export interface GatheredFigures {
  readonly table: InputTable & { readonly totals?: Readonly<Record<string, string>> };
  readonly figures: readonly AccountFigure[];
}

type AccountsInput = Extract<SettlementInput, { kind: 'accounts' }>;

/** @throws FiguresRefused with everything that stands in the way, SettlementRefused */
export async function gatherFigures(
  tx: EntityManager,
  tools: SettlementTools,
  { code, input }: Pick<SettlementDraft, 'code' | 'input'>,
): Promise<GatheredFigures> {
  if (input.kind === 'table') return { table: input, figures: [] };
  checkBindings(code, input);
  const gathering = new Gathering(tx, tools);
  const values = new Map<string, TableCell>();
  for (const unit of input.units) {
    for (const period of input.periods)
      for (const binding of input.columns) {
        const fen = await gathering.figure(unit, period, binding);
        if (fen !== undefined) values.set(`${unit} ${period} ${binding.column}`, formatYuan(fen));
      }
    for (const norm of new Set(input.columns.map((binding) => binding.norm)))
      await gathering.refuseIncomparable(unit, [...input.periods].sort(), norm);
  }
  if (gathering.problems.length > 0) throw new FiguresRefused(code, gathering.problems);
  const { table, missing } = joinTable(input, values);
  if (missing.length > 0)
    throw new SettlementRefused(code, {
      zh: `补充表 beside 缺少这些单位与核算期的行：${missing.join('、')}；请补上`,
      en: `the table "beside" has no rows for these units and periods: ${missing.join(', ')}; add them`,
    });
  return { table: { ...table, totals: input.totals }, figures: gathering.figures };
}

function checkBindings(code: string, { periods, units, columns }: AccountsInput): void {
  const refuse = (zh: string, en: string): never => {
    throw new SettlementRefused(code, { zh, en });
  };
  if (periods.length === 0 || units.length === 0 || columns.length === 0)
    refuse('核算期、单位、列都至少要有一个', 'at least one period, unit and column is needed');
  for (const { column, figure, prices } of columns) {
    const isIncrement = typeof figure === 'object' && 'payableIncrement' in figure;
    if (isIncrement) {
      const unknown = figure.payableIncrement.effects.filter(
        (one) => !(changeEffects as readonly string[]).includes(one),
      );
      const barred = figure.payableIncrement.effects.filter((one) => ['norm', 'boundary', 'price'].includes(one));
      if (unknown.length + barred.length > 0 || figure.payableIncrement.effects.length === 0)
        refuse(
          `列 ${column} 的效应 ${[...unknown, ...barred].join('、')} 不能计入支付；可选：area、condition、weather、supply、use、gamma`,
          `the effects ${[...unknown, ...barred].join(', ')} of column ${column} do not count for a payment; choose from area, condition, weather, supply, use, gamma`,
        );
    }
    // Figures of several periods are there to be compared, and then their prices must be those of one of them.
    if (!isIncrement && prices === 'current' && periods.length > 1)
      refuse(
        `列 ${column} 含 ${periods.length} 期而按当年价，各期价格基础不同；请写 prices: { constant: '${[...periods].sort()[0]}' }，或改用 payableIncrement`,
        `column ${column} has ${periods.length} periods at their own prices, which do not compare; write prices: { constant: '${[...periods].sort()[0]}' }, or use payableIncrement`,
      );
  }
}

interface Published {
  readonly disclosure: Disclosure;
  readonly account: AccountRecord;
}

class Gathering {
  readonly figures: AccountFigure[] = [];
  readonly problems: (Bilingual & { readonly unit: string; readonly period: string })[] = [];
  private readonly known = new Map<string, Published | undefined>();

  constructor(
    private readonly tx: EntityManager,
    private readonly tools: SettlementTools,
  ) {}

  /** Undefined when it cannot be had; then the problem is noted. */
  async figure(unit: string, period: string, binding: ColumnBinding): Promise<Fen | undefined> {
    const { column, norm, figure, prices } = binding;
    const published = await this.published(unit, period, norm);
    if (!published) return undefined;
    const note = (fen: Fen, of: Published, at = period): Fen => {
      const { account, disclosure } = of;
      this.figures.push({
        ...{ unit, column, period: at, value: formatYuan(fen), accountId: account.id },
        ...{ disclosureId: disclosure.id, digest: account.digest, normId: norm, normEdition: account.norm.edition },
        territoryPath: account.path,
      });
      return fen;
    };
    if (typeof figure === 'object' && 'payableIncrement' in figure) {
      const before = periodBefore(period);
      const earlier = await this.published(unit, before, norm);
      if (!earlier) return undefined;
      await this.refuseIncomparable(unit, [before, period], norm);
      const fen = await this.attempt(unit, period, () =>
        this.incrementOf(unit, [before, period], norm, figure.payableIncrement),
      );
      if (fen === undefined) return undefined;
      note(earlier.account.totals.totalFen, earlier, before);
      return note(fen, published);
    }
    const base = typeof prices === 'object' ? prices.constant : period;
    if (base === period) return note(await this.sumOf(published, figure), published);
    const priced = await this.published(unit, base, norm);
    if (!priced) return undefined;
    const fen = await this.attempt(unit, period, () => this.atPricesOf(unit, [base, period], published, binding));
    if (fen === undefined) return undefined;
    if (!this.figures.some((one) => one.accountId === priced.account.id && one.column === column))
      note(await this.sumOf(priced, figure), priced, base);
    return note(fen, published);
  }

  /** Periods of one unit must be of one edition and one boundary; what differs is noted with what mends it. */
  async refuseIncomparable(unit: string, periods: readonly string[], norm: string): Promise<void> {
    const first = await this.published(unit, periods[0], norm);
    for (const period of periods.slice(1)) {
      const other = await this.published(unit, period, norm);
      if (!first || !other) continue;
      const [one, two] = [first.account.norm.edition.slice(0, 12), other.account.norm.edition.slice(0, 12)];
      if (first.account.norm.edition !== other.account.norm.edition)
        this.note(unit, period, {
          zh: `与 ${periods[0]} 的规范版本不同（${one} 与 ${two}）；请将 ${periods[0]} 按新版本重算并公布（gep recompute、gep restatement），差异见 gep bridge`,
          en: `its edition of the norm is not that of ${periods[0]} (${two} and ${one}); recompute ${periods[0]} under the newer one and publish it (gep recompute, gep restatement); gep bridge shows the difference`,
        });
      const broken = await findBoundaryBreak(this.tx, unit, [periods[0], period]);
      if (broken)
        this.note(unit, period, {
          zh: `与 ${periods[0]} 的边界不同：${broken.text.zh}；请用固定边界的核算（gep series --constant-boundary）取数，作为表格输入`,
          en: `its boundary is not that of ${periods[0]}: ${broken.text.en}; take the figures within one boundary (gep series --constant-boundary) and hand them in as a table`,
        });
    }
  }

  private note(unit: string, period: string, text: Bilingual): void {
    const isKnown = this.problems.some((one) => one.unit === unit && one.period === period && one.en === text.en);
    if (!isKnown) this.problems.push({ unit, period, ...text });
  }

  /** The account that is published now, whole and unchanged. */
  private async published(unit: string, period: string, norm: string): Promise<Published | undefined> {
    const key = `${unit} ${period} ${norm}`;
    if (this.known.has(key)) return this.known.get(key);
    const disclosure = await findDisclosure(this.tx, { territory: unit, period, normId: norm });
    const account = disclosure && (await findAccountById(this.tx, disclosure.accountId));
    const found = disclosure && account && { disclosure, account };
    this.known.set(key, found);
    if (!found)
      this.note(unit, period, {
        zh: `没有按规范 ${norm} 公布的核算；支付只依据经批准、已公布的核算，请先公布（gep review act 或 POST /api/v1/reviews/{territory}/{period}/{norm}/acts）`,
        en: `no account by the norm ${norm} is published; money rests on approved and published accounts alone, so publish it first (gep review act, POST /api/v1/reviews/{territory}/{period}/{norm}/acts)`,
      });
    else if (account.digest !== disclosure.accountDigest)
      this.note(unit, period, {
        zh: '公布的核算与所记摘要不符；请停止使用并核查数据库',
        en: 'the published account is not what its digest says; do not use it, and have the database looked at',
      });
    return found;
  }

  private async sumOf({ account }: Published, figure: ColumnBinding['figure']): Promise<Fen> {
    if (figure === 'total') return account.totals.totalFen;
    const isCounted = countedBy(figure);
    const lines = (await listAccountLines(this.tx, [account.id])).get(account.id)!;
    return lines.filter(isCounted).reduce((sum, { valueFen }) => sum + valueFen, 0n);
  }

  /** Quantities of a period at the prices of another. */
  private async atPricesOf(
    territory: string,
    [from, to]: readonly [string, string],
    { account }: Published,
    { norm, figure }: ColumnBinding,
  ): Promise<Fen> {
    const asked = { territory, from, to, norm, published: true, indices: [] };
    const { comparable } = await this.tools.changes.decomposeIn(this.tx, asked);
    if (figure === 'total') return comparable!.comparableFen;
    const lines = (await listAccountLines(this.tx, [account.id])).get(account.id)!;
    const categories = new Map(lines.map(({ service, category }) => [service, category]));
    const isCounted = countedBy(figure);
    return comparable!.lines
      .filter(({ service }) => isCounted({ service, category: categories.get(service) ?? '' }))
      .reduce((sum, { comparableFen }) => sum + comparableFen, 0n);
  }

  private async incrementOf(
    territory: string,
    [from, to]: readonly [string, string],
    norm: string,
    { effects, services }: { readonly effects: readonly string[]; readonly services?: readonly string[] },
  ): Promise<Fen> {
    const { change } = await this.tools.changes.decomposeIn(this.tx, { territory, from, to, norm, published: true });
    const { fen, byService } = payableIncrement(change, effects as readonly ChangeEffect[]);
    return services === undefined ? fen : services.reduce((sum, service) => sum + (byService[service] ?? 0n), 0n);
  }

  private async attempt(unit: string, period: string, work: () => Promise<Fen>): Promise<Fen | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.note(unit, period, error.text);
      return undefined;
    }
  }
}

const countedBy =
  (figure: ColumnBinding['figure']) =>
  ({ service, category }: { readonly service: string; readonly category: string }): boolean => {
    if (typeof figure !== 'object' || 'payableIncrement' in figure) return true;
    const { services = [], categories = [] } = figure;
    return services.includes(service) || categories.includes(category);
  };
