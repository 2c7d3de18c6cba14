/** Sums of accounts by any choice of service, type, territory and period, exact in money and in a stated unit. */
import {
  conversionFactor,
  Decimal,
  Fraction,
  sumFen,
  sumInOrder,
  weakerGrade,
  type EvidenceGrade,
  type Unit,
  type UnitTable,
} from '@gep/kernel';
import type { CaseAxis } from '@gep/rulebook';
import type { Account, AccountLine } from '../account/account';

/** Codes that an axis is held to; an axis that is absent is not. */
export type FigureChoice = Readonly<Partial<Record<CaseAxis, readonly string[]>>>;

/** An exact figure; null where it would be divided by nothing. */
export interface Figure {
  readonly value: Decimal | null;
  readonly grade: EvidenceGrade;
}

/** Yuan for one unit of another currency, at the place and time of an account. */
export type RateOfExchange = (account: Account) => { readonly yuan: Decimal; readonly grade: EvidenceGrade };

/** What lines of one account were valued at, in `unit`. */
interface LinePrice {
  readonly price: Decimal;
  readonly unit: string;
  readonly grade: EvidenceGrade;
  readonly account: Account;
}

/** What formulas come to; see `FormulaQuantities`. */
interface OfFormulas {
  quantity(choice: FigureChoice, unit: Unit): Figure;
  unitOf(choice: FigureChoice): string | undefined;
}

const lineOf: Readonly<
  Record<Exclude<CaseAxis, 'territory' | 'period' | 'formula'>, (line: AccountLine) => string | null>
> = {
  service: ({ service }) => service,
  group: ({ group }) => group,
  category: ({ category }) => category,
  type: ({ type }) => type,
  item: ({ item }) => item,
};

/** Figures over all accounts of a study; territories are added as they are given, whatever lies inside what. */
export class AccountFigures {
  /** @param formulas without it, a figure of a formula is not had */
  constructor(
    private readonly accounts: readonly Account[],
    private readonly units: UnitTable,
    private readonly formulas?: OfFormulas,
  ) {}

  /** In `unit`, a unit of money. @throws IncompatibleUnits */
  value(choice: FigureChoice, unit: Unit): Figure {
    const lines = this.lines(choice);
    const yuan = new Decimal(sumFen(lines.map(({ valueFen }) => valueFen)).toString()).dividedBy(fenPerYuan);
    return { value: yuan.times(this.factor('yuan', unit)), grade: weakest(lines) };
  }

  /** In the currency that the rate is of, each account by its own rate. */
  exchanged(choice: FigureChoice, rateOf: RateOfExchange): Figure {
    const parts = this.chosen(choice).flatMap((account) => {
      const lines = linesOf(account, choice);
      if (lines.length === 0) return [];
      const fen = sumFen(lines.map(({ valueFen }) => valueFen));
      const { yuan, grade } = rateOf(account);
      const value = new Decimal(fen.toString()).dividedBy(fenPerYuan).dividedBy(yuan);
      return [{ value, grade: weakerGrade(weakest(lines), grade) }];
    });
    return { value: total(parts.map(({ value }) => value)), grade: weakest(parts) };
  }

  /** In `unit`; every chosen line must be of its dimension. @throws IncompatibleUnits, FormulaNotHere */
  quantity(choice: FigureChoice, unit: Unit): Figure {
    if (choice.formula) return this.formulas?.quantity(choice, unit) ?? { value: null, grade: 'published' };
    const lines = this.lines(choice);
    const units = [...new Set(lines.map((line) => line.unit))];
    const sums = units.map((text) => {
      const own = lines.filter((line) => line.unit === text);
      return new Decimal(sumInOrder(own.map(({ quantity }) => quantity))).times(this.factor(text, unit));
    });
    return { value: total(sums), grade: weakest(lines) };
  }

  /** In `unit`, of the chosen types, territories and periods; services have no area. @throws IncompatibleUnits */
  area(choice: FigureChoice, unit: Unit): Figure {
    const areas = this.chosen(choice).map((account) =>
      new Decimal(sumInOrder(areasOf(account, choice).map(([, area]) => area))).times(
        this.factor(account.areaUnit, unit),
      ),
    );
    return { value: total(areas), grade: 'published' };
  }

  /** The unit that quantities of the choice have of themselves; undefined when there are none, or several. */
  unitOf(choice: FigureChoice): string | undefined {
    if (choice.formula) return this.formulas?.unitOf(choice);
    const units = this.unitsIn(choice);
    return units.length === 1 ? units[0] : undefined;
  }

  /** All units that quantities of the choice have; none when it has no line. */
  unitsIn(choice: FigureChoice): readonly string[] {
    return [...new Set(this.lines(choice).map(({ unit }) => unit))];
  }

  /** Prices of the lines of the choice, before γ; an aggregate of several prices has none. */
  prices(choice: FigureChoice): readonly LinePrice[] {
    return this.chosen(choice).flatMap((account) =>
      linesOf(account, choice).flatMap(({ price, priceUnit: unit, grade }) =>
        price === null ? [] : [{ price: decimalOf(Fraction.parse(price)!), unit, grade, account }],
      ),
    );
  }

  /** Codes of an axis that the choice has: those of its lines; types with an area; its territories and periods. */
  codesIn(choice: FigureChoice, axis: CaseAxis): readonly string[] {
    if (axis === 'formula') return choice.formula ?? [];
    const chosen = this.chosen(choice);
    const codes =
      axis === 'territory' || axis === 'period'
        ? chosen.map((account) => account[axis])
        : [
            ...this.lines(choice).map(lineOf[axis]),
            ...(axis === 'type' ? chosen.flatMap((account) => areasOf(account, choice).map(([type]) => type)) : []),
          ];
    return [...new Set(codes)].filter((code) => code !== null);
  }

  /** Names of the lines of the choice that have a value: choices with the same names are of the same thing. */
  linesIn(choice: FigureChoice): ReadonlySet<string> {
    const kept = new Set(this.lines(choice).filter(({ valueFen }) => valueFen !== 0n));
    return new Set(
      this.accounts.flatMap((account, at) =>
        account.lines.flatMap((line, index) => (kept.has(line) ? [`${at} ${index}`] : [])),
      ),
    );
  }

  /** Names of the types of the choice that have an area, for each territory and period. */
  areasIn(choice: FigureChoice): ReadonlySet<string> {
    return new Set(
      this.chosen(choice).flatMap(({ territory, period, areaByType }) =>
        Object.entries(areaByType).flatMap(([type, area]) =>
          area > 0 && (choice.type?.includes(type) ?? true) ? [`${territory} ${period} ${type}`] : [],
        ),
      ),
    );
  }

  private lines(choice: FigureChoice): AccountLine[] {
    return this.chosen(choice).flatMap((account) => linesOf(account, choice));
  }

  private chosen(choice: FigureChoice): Account[] {
    return this.accounts.filter((account) => isChosen(account, choice));
  }

  private factor(from: string, to: Unit): Decimal {
    return decimalOf(conversionFactor(this.units.parse(from), to));
  }
}

/** Whether the choice has the territory and period. */
export const isChosen = ({ territory, period }: Pick<Account, 'territory' | 'period'>, choice: FigureChoice): boolean =>
  (choice.territory?.includes(territory) ?? true) && (choice.period?.includes(period) ?? true);

function linesOf({ lines }: Account, choice: FigureChoice): AccountLine[] {
  if (choice.formula) return [];
  const axes = (Object.keys(lineOf) as (keyof typeof lineOf)[]).filter((axis) => choice[axis] !== undefined);
  return lines.filter((line) => axes.every((axis) => choice[axis]?.includes(lineOf[axis](line) ?? '')));
}

const areasOf = ({ areaByType }: Account, { type }: FigureChoice): [string, number][] =>
  Object.entries(areaByType).filter(([code]) => type?.includes(code) ?? true);

/** `a ÷ b`, with the weaker grade of both; null when there is no `b`. */
export function quotientOf(a: Figure, b: Figure): Figure {
  const isDefined = a.value !== null && b.value !== null && !b.value.isZero();
  return { value: isDefined ? a.value!.dividedBy(b.value!) : null, grade: weakerGrade(a.grade, b.grade) };
}

export const decimalOf = ({ numerator, denominator }: Fraction): Decimal =>
  new Decimal(numerator.toString()).dividedBy(denominator.toString());

const total = (parts: readonly Decimal[]): Decimal => parts.reduce((sum, part) => sum.plus(part), new Decimal(0));

/** The weakest grade of all. */
export const weakest = (graded: readonly { readonly grade: EvidenceGrade }[]): EvidenceGrade =>
  graded.map(({ grade }) => grade).reduce<EvidenceGrade>(weakerGrade, 'published');
const fenPerYuan = 100;
