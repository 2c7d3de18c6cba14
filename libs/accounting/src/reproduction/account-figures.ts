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

const lineOf: Readonly<Record<Exclude<CaseAxis, 'territory' | 'period'>, (line: AccountLine) => string | null>> = {
  service: ({ service }) => service,
  group: ({ group }) => group,
  category: ({ category }) => category,
  type: ({ type }) => type,
  item: ({ item }) => item,
};

/** Figures over all accounts of a study; territories are added as they are given, whatever lies inside what. */
export class AccountFigures {
  constructor(
    private readonly accounts: readonly Account[],
    private readonly units: UnitTable,
  ) {}

  /** In `unit`, a unit of money. @throws IncompatibleUnits */
  value(choice: FigureChoice, unit: Unit): Figure {
    const lines = this.lines(choice);
    const fen = sumFen(lines.map(({ valueFen }) => valueFen));
    return { value: new Decimal(fen.toString()).times(this.factor('fen', unit)), grade: gradeOf(lines) };
  }

  /** In `unit`; every chosen line must be of its dimension. @throws IncompatibleUnits */
  quantity(choice: FigureChoice, unit: Unit): Figure {
    const lines = this.lines(choice);
    const units = [...new Set(lines.map((line) => line.unit))];
    const sums = units.map((text) => {
      const own = lines.filter((line) => line.unit === text);
      return new Decimal(sumInOrder(own.map(({ quantity }) => quantity))).times(this.factor(text, unit));
    });
    return { value: total(sums), grade: gradeOf(lines) };
  }

  /** In `unit`, of the chosen types, territories and periods; services have no area. @throws IncompatibleUnits */
  area(choice: FigureChoice, unit: Unit): Figure {
    const areas = this.chosen(choice).map(({ areaByType, areaUnit }) => {
      const own = Object.entries(areaByType).filter(([type]) => choice.type?.includes(type) ?? true);
      return new Decimal(sumInOrder(own.map(([, area]) => area))).times(this.factor(areaUnit, unit));
    });
    return { value: total(areas), grade: 'published' };
  }

  /** The unit that quantities of the choice have of themselves; undefined when there are none, or several. */
  unitOf(choice: FigureChoice): string | undefined {
    const units = new Set(this.lines(choice).map(({ unit }) => unit));
    return units.size === 1 ? [...units][0] : undefined;
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
    const axes = (Object.keys(lineOf) as (keyof typeof lineOf)[]).filter((axis) => choice[axis] !== undefined);
    return this.chosen(choice).flatMap(({ lines }) =>
      lines.filter((line) => axes.every((axis) => choice[axis]?.includes(lineOf[axis](line) ?? ''))),
    );
  }

  private chosen({ territory, period }: FigureChoice): Account[] {
    return this.accounts.filter(
      (account) => (territory?.includes(account.territory) ?? true) && (period?.includes(account.period) ?? true),
    );
  }

  private factor(from: string, to: Unit): Decimal {
    return decimalOf(conversionFactor(this.units.parse(from), to));
  }
}

/** `a ÷ b`, with the weaker grade of both; null when there is no `b`. */
export function quotientOf(a: Figure, b: Figure): Figure {
  const isDefined = a.value !== null && b.value !== null && !b.value.isZero();
  return { value: isDefined ? a.value!.dividedBy(b.value!) : null, grade: weakerGrade(a.grade, b.grade) };
}

export const decimalOf = ({ numerator, denominator }: Fraction): Decimal =>
  new Decimal(numerator.toString()).dividedBy(denominator.toString());

const total = (parts: readonly Decimal[]): Decimal => parts.reduce((sum, part) => sum.plus(part), new Decimal(0));

const gradeOf = (lines: readonly AccountLine[]): EvidenceGrade =>
  lines.map(({ grade }) => grade).reduce<EvidenceGrade>(weakerGrade, 'published');
