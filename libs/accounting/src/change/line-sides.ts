/** Reads the lines of an account as sides of a change: areas, amounts, and the levels that belong to them. */
import { conversionFactor, Fraction, Unit, UnitTable } from '@gep/kernel';
import type { Account, AccountLine } from '../account/account';
import { lineKey } from '../account/line-order';
import type { LineAmounts, LineSide } from './line-factors';
import { Ratio, ratioOf } from './ratio';

/** A line that may say what was supplied beside what was counted of it. */
export type ChangeLine = AccountLine & { readonly supplied?: number | null };

/** What a change reads of an account. */
export interface ChangeAccount extends Pick<
  Account,
  'territory' | 'period' | 'norm' | 'digest' | 'areaByType' | 'areaUnit' | 'totals'
> {
  readonly lines: readonly ChangeLine[];
}

/** State of the ecosystem and weather behind a line, as levels of which only the ratio between two sides counts. */
export interface LineLevels {
  readonly condition?: number;
  readonly weather?: number;
}

/** An account with the levels of its lines, by `lineKey`; a line without levels has no condition or weather effect. */
export interface ChangeSide {
  readonly account: ChangeAccount;
  readonly levels?: ReadonlyMap<string, LineLevels>;
}

/** Reads sides of lines; units and areas are read once. */
export class SideReader {
  private readonly lines: ReadonlyMap<string, ChangeLine>;

  constructor(
    private readonly side: ChangeSide,
    private readonly worth: UnitWorth,
  ) {
    this.lines = new Map(side.account.lines.map((line) => [lineKey(line), line]));
  }

  keys(): readonly string[] {
    return [...this.lines.keys()];
  }

  line(key: string): ChangeLine | undefined {
    return this.lines.get(key);
  }

  /** @param type of the line, which the account may not have itself */
  read(key: string, type: string | null): LineSide {
    const line = this.lines.get(key);
    const { areaByType } = this.side.account;
    const area = type === null ? null : (areaByType[type] ?? 0);
    return { area, ...this.side.levels?.get(key), amounts: line ? this.amounts(line) : null };
  }

  private amounts(line: ChangeLine): LineAmounts {
    const { supplied, quantity, price, gamma, valueFen } = line;
    const fenPerUnit = this.worth.fenPerUnit(line);
    return { supplied: supplied ?? quantity, used: quantity, price, gamma, fenPerUnit, valueFen };
  }
}

/** What one unit of quantity × price is in money; the same pair of units is read once. */
export class UnitWorth {
  private readonly known = new Map<string, Fraction>();
  private readonly ratios = new Map<string, Ratio>();
  private readonly yuan: Unit;

  private constructor(private readonly units: UnitTable) {
    this.yuan = units.parse('yuan');
  }

  /** One for each table of units. */
  static of(units: UnitTable): UnitWorth {
    const known = worths.get(units);
    if (known) return known;
    const worth = new UnitWorth(units);
    worths.set(units, worth);
    return worth;
  }

  /** Yuan in one `unit` × `priceUnit`: 1000 for t × yuan/kg. @throws UnknownUnit, IncompatibleUnits */
  yuanPerUnit({ unit, priceUnit }: Pick<AccountLine, 'unit' | 'priceUnit'>): Fraction {
    const key = `${unit} ${priceUnit}`;
    const known = this.known.get(key);
    if (known) return known;
    const worth = conversionFactor(this.units.parse(`(${unit})*(${priceUnit})`), this.yuan);
    this.known.set(key, worth);
    return worth;
  }

  fenPerUnit(line: Pick<AccountLine, 'unit' | 'priceUnit'>): Ratio {
    const key = `${line.unit} ${line.priceUnit}`;
    const known = this.ratios.get(key);
    if (known) return known;
    const worth = ratioOf(this.yuanPerUnit(line).times(Fraction.of(100n)));
    this.ratios.set(key, worth);
    return worth;
  }
}

const worths = new WeakMap<UnitTable, UnitWorth>();
