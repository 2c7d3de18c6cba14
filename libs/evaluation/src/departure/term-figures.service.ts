/** Computes the change over a term from the frozen ends: flows by accounting's split, areas, condition, each in its parts. */
import { Injectable } from '@nestjs/common';
import {
  AccountingService,
  ChangeService,
  type ConditionAccount,
  ConditionService,
  type ExtentAccount,
  ExtentImbalance,
  findAccount,
  findAccountById,
  InputNode,
  withLines,
} from '@gep/accounting';
import { Fraction } from '@gep/kernel';
import { Database } from '@gep/platform';
import type { Officer } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import type { AttributionDraft } from './attribution';
import type { Departure, DeparturePlan, FrozenAccount } from './departure';
import type { TermEnds } from './departure-standing.service';
import { TermAccountUnpublished, TermSnapshotMoved } from './errors';
import { changeOfFlows, changeOfStock, type RevisedLine, type StockChange, type TermFlows } from './term-change';
import { termSegments } from './term-days';
import { changeOfQuantitiesInTerm, type QuantityChange, type StartQuantity } from './term-quantities';
import type { ReportSource } from './term-report';

export interface TermFigures {
  readonly flows: TermFlows;
  readonly quantities: readonly QuantityChange[];
  readonly areas: ReportSource['areas'];
  readonly condition: ReadonlyMap<string, StockChange> | null;
}

export interface FiguresQuestion {
  readonly departure: Departure;
  readonly plan: DeparturePlan;
  readonly ends: TermEnds;
  readonly declared: readonly AttributionDraft[];
}

const nothing = Fraction.zero;

@Injectable()
export class TermFiguresService {
  constructor(
    private readonly database: Database,
    private readonly changes: ChangeService,
    private readonly accounting: AccountingService,
    private readonly conditions: ConditionService,
  ) {}

  /**
   * Everything as it was published when the later end was frozen; what was restated between the two is a part of the method.
   * @throws TermSnapshotMoved, TermAccountUnpublished, and as decompose, extent and condition of accounting
   */
  async compute(actor: Officer, question: FiguresQuestion): Promise<TermFigures> {
    const { departure, ends, declared } = question;
    const { territory, normId } = departure;
    const asOf = latest(ends);
    const { frozen, known } = await this.database.snapshot(actor, (tx) => startLines(tx, question, asOf));
    const segments = [];
    const counted = [];
    for (const segment of termSegments(departure)) {
      const { change, quantities } = await this.changes.decompose(actor, {
        ...{ territory, from: segment.before, to: segment.after, norm: normId, asOf, published: true },
        ...{ attributes: attributesOf(question), quantities: true },
      });
      segments.push({ ...segment, lines: change.lines });
      counted.push({ ...segment, lines: quantities! });
    }
    const start = ends.appointment.content.stock;
    const fenOf = (map: Readonly<Record<string, string>>): Record<string, bigint> =>
      Object.fromEntries(Object.entries(map).map(([code, fen]) => [code, BigInt(fen)]));
    const flows = changeOfFlows({
      start: { totalFen: BigInt(start.totalFen), byService: fenOf(start.byService), byType: fenOf(start.byType) },
      ...{ revised: revisedLines(frozen, known), segments, declared },
    });
    const quantities = changeOfQuantitiesInTerm({ frozen, known, segments: counted, declared });
    const condition = await this.condition(actor, question);
    return { flows, quantities, areas: await this.areas(actor, question, asOf), condition };
  }

  /**
   * Opening and closing stocks of land by type. Where two surveys differ in the whole area no account of extent balances; the areas
   * then stand as they were accounted, and nothing is told of boundaries.
   */
  private async areas(
    actor: Officer,
    { departure, ends, declared }: FiguresQuestion,
    asOf: Date,
  ): Promise<TermFigures['areas']> {
    const [before, after] = [ends.appointment.content.stock, ends.departure.content.stock];
    const opened = new Map(frozenAreas(before));
    const known = {
      effect: 'area' as const,
      revised: nothing,
      boundary: nothing,
      managed: nothing,
      unmanaged: nothing,
    };
    const byAccounts = (closed: ReadonlyMap<string, Fraction>): Map<string, StockChange> => {
      const types = [...new Set([...opened.keys(), ...closed.keys()])].sort();
      const sides = (type: string) => ({ opening: opened.get(type) ?? nothing, closing: closed.get(type) ?? nothing });
      return new Map(types.map((type) => [type, changeOfStock({ ...known, type, ...sides(type) }, declared)]));
    };
    const unit = before.areaUnit;
    if (before.period === after.period) return { unit, isFollowed: true, changes: byAccounts(opened) };
    const { territory, normId: norm } = departure;
    try {
      const { extent } = await this.accounting.extent(actor, {
        ...{ territory, before: before.period, after: after.period, norm, asOf, published: true },
      });
      return { unit, isFollowed: true, changes: stocksOfExtent(extent, opened, declared) };
    } catch (error) {
      if (!(error instanceof ExtentImbalance)) throw error;
      return { unit, isFollowed: false, changes: byAccounts(new Map(frozenAreas(after))) };
    }
  }

  private async condition(
    actor: Officer,
    { departure, plan, ends, declared }: FiguresQuestion,
  ): Promise<TermFigures['condition']> {
    if (plan.conditionDefinition === null) return null;
    const periods = [ends.appointment.content.stock.period, ends.departure.content.stock.period];
    const { territory, normId } = departure;
    const { condition } = await this.conditions.condition(actor, {
      ...{ territory, norm: { id: normId }, asOf: latest(ends), published: true },
      periods: [...new Set(periods)],
      definition: InputNode.read(plan.conditionDefinition, 'condition'),
    });
    const indexOf = (type: string, at: 0 | -1): Fraction | null => indexIn(condition, type, at);
    const changes = new Map<string, StockChange>();
    for (const { type } of condition.periods.at(-1)!.types) {
      const [opening, closing] = [indexOf(type, 0), indexOf(type, -1)];
      if (!opening || !closing) continue;
      const none = { revised: nothing, boundary: nothing, managed: nothing, unmanaged: nothing };
      changes.set(type, changeOfStock({ effect: 'condition', type, opening, closing, ...none }, declared));
    }
    return changes;
  }
}

/** Areas of types, with what crossed a boundary, what was observed to be managed or not, and what was restated of the opening. */
function stocksOfExtent(
  { rows, crossed }: ExtentAccount,
  opened: ReadonlyMap<string, Fraction>,
  declared: readonly AttributionDraft[],
): Map<string, StockChange> {
  const changes = new Map<string, StockChange>();
  for (const [type, row] of rows) {
    const over = crossed?.get(type);
    const boundary = over ? over.come.minus(over.gone) : nothing;
    const net = (cause: 'managed' | 'unmanaged'): Fraction =>
      row.additions && row.reductions ? row.additions[cause].minus(row.reductions[cause]) : nothing;
    // A change of boundary is booked among the managed ones; here it is a part of its own.
    const managed = row.additions ? net('managed').minus(boundary) : nothing;
    const opening = opened.get(type) ?? nothing;
    const known = { type, opening, closing: row.closing, revised: row.opening.minus(opening), boundary, managed };
    changes.set(type, changeOfStock({ effect: 'area', ...known, unmanaged: net('unmanaged') }, declared));
  }
  return changes;
}

const indexIn = ({ periods }: ConditionAccount, type: string, at: 0 | -1): Fraction | null =>
  periods.at(at)!.types.find((each) => each.type === type)?.index ?? null;

const latest = ({ appointment, departure }: TermEnds): Date =>
  appointment.frozenAt > departure.frozenAt ? appointment.frozenAt : departure.frozenAt;

/** At fifteen significant digits, which sums of decimals survive, as accounts of extent read areas. */
const frozenAreas = ({ areaByType }: FrozenAccount): [string, Fraction][] =>
  Object.entries(areaByType).map(([type, area]) => [
    type,
    Fraction.parse(String(Number(Number(area).toPrecision(15))))!,
  ]);

function attributesOf({ plan }: FiguresQuestion) {
  const { conditionAttributes: condition, weatherAttributes: weather } = plan;
  return condition.length + weather.length > 0 ? { condition, weather } : undefined;
}

type StartLine = StartQuantity & { readonly valueFen: bigint };

/**
 * The account of the year before the term, as frozen and as known when the later end was frozen.
 * @throws TermSnapshotMoved where the end of the term is no longer the frozen one
 */
async function startLines(
  tx: EntityManager,
  { departure, ends }: FiguresQuestion,
  asOf: Date,
): Promise<Record<'frozen' | 'known', readonly StartLine[]>> {
  const { territory, normId, code } = departure;
  const known = async (period: string) => {
    const found = await findAccount(tx, { territory, period, norm: { id: normId }, asOf, published: true });
    if (!found) throw new TermAccountUnpublished(territory, period, normId);
    return found;
  };
  for (const frozen of [ends.departure.content.stock, ends.departure.content.divided]) {
    if (!frozen) continue;
    const found = await known(frozen.period);
    if (found.id !== frozen.accountId)
      throw new TermSnapshotMoved(code, { period: frozen.period, frozen: frozen.accountId, found: found.id });
  }
  const { period, accountId } = ends.appointment.content.stock;
  const now = await known(period);
  const then = await findAccountById(tx, accountId);
  if (!then) throw new TermAccountUnpublished(territory, period, normId);
  const [before, after] = await withLines(tx, [then, now]);
  return { frozen: before.lines, known: after.lines };
}

/** What was restated of the year before the term. */
function revisedLines(frozen: readonly StartLine[], known: readonly StartLine[]): RevisedLine[] {
  const differences = new Map<string, RevisedLine>();
  for (const [lines, sign] of [
    [frozen, -1n],
    [known, 1n],
  ] as const)
    for (const { service, type, valueFen } of lines) {
      const key = `${service} ${type ?? ''}`;
      const sum = (differences.get(key)?.differenceFen ?? 0n) + sign * valueFen;
      differences.set(key, { service, type, differenceFen: sum });
    }
  return [...differences.values()].filter(({ differenceFen }) => differenceFen !== 0n);
}
