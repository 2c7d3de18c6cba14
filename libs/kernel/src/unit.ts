/** Units of measure with exact factors, read from rulebook/units.yaml; parses expressions such as `MJ*mm/(hm2*h*a)`. */
import { Bilingual, DomainError } from './domain-error';
import { Fraction } from './fraction';

/** Exponents of the base dimensions, without zeros. */
export type Dimension = Readonly<Record<string, number>>;

/** A unit expression understood: its text, its dimension, and the exact factor to the base units of that dimension. */
export interface Unit {
  readonly text: string;
  readonly dimension: Dimension;
  readonly factor: Fraction;
}

/** One line of units.yaml: either a base dimension, or a number times an expression of other units. */
export interface UnitDefinition {
  readonly code: string;
  /** Name of the base dimension that this unit founds, for example `length`. */
  readonly base?: string;
  /** Definition by others, for example `1000 kg` or `10000/15 m2`. */
  readonly is?: string;
  /** Other spellings accepted at input, for example `公顷`, `ha`. */
  readonly aliases?: readonly string[];
  readonly name?: Bilingual;
}

/** A unit text that cannot be read, or that names a unit which units.yaml does not have. */
export class UnknownUnit extends DomainError {
  readonly code = 'unit.unknown';
  readonly kind = 'invalid';
  constructor(text: string, symbol: string) {
    super(
      {
        zh: `单位“${text}”中的“${symbol}”无法识别；请使用 rulebook/units.yaml 中登记的单位或别名`,
        en: `unit "${text}": "${symbol}" is not known; use a unit or alias listed in rulebook/units.yaml`,
      },
      { unit: text, symbol },
    );
  }
}

/** units.yaml gives one spelling to two units, so that a text would mean either. */
export class DuplicateUnit extends DomainError {
  readonly code = 'unit.duplicate';
  readonly kind = 'invalid';
  constructor(name: string, first: string, second: string) {
    super(
      {
        zh: `单位名称“${name}”同时登记给“${first}”和“${second}”；请在 rulebook/units.yaml 中删去其中一处`,
        en: `unit name "${name}" is given to both "${first}" and "${second}"; remove one of them in rulebook/units.yaml`,
      },
      { name, first, second },
    );
  }
}

/** Two units of different dimension were asked to convert. */
export class IncompatibleUnits extends DomainError {
  readonly code = 'unit.incompatible';
  readonly kind = 'invalid';
  constructor(from: Unit, to: Unit) {
    super(
      {
        zh: `单位“${from.text}”（${formatDimension(from.dimension)}）不能换算为“${to.text}”（${formatDimension(to.dimension)}）`,
        en: `"${from.text}" (${formatDimension(from.dimension)}) cannot be converted to "${to.text}" (${formatDimension(to.dimension)})`,
      },
      { from: from.text, to: to.text },
    );
  }
}

/** `length^2·time^-1`, or `1` for a pure number. */
export function formatDimension(dimension: Dimension): string {
  const parts = Object.keys(dimension)
    .sort()
    .map((base) => (dimension[base] === 1 ? base : `${base}^${dimension[base]}`));
  return parts.length === 0 ? '1' : parts.join('·');
}

export function sameDimension(a: Dimension, b: Dimension): boolean {
  return formatDimension(a) === formatDimension(b);
}

/** a·b^power, dropping exponents that cancel. */
export function combineDimensions(a: Dimension, b: Dimension, power: number): Dimension {
  const result: Record<string, number> = { ...a };
  for (const [base, exponent] of Object.entries(b)) {
    const sum = (result[base] ?? 0) + exponent * power;
    if (sum === 0) delete result[base];
    else result[base] = sum;
  }
  return result;
}

/** Exact number by which a value in `from` is multiplied to be in `to`. @throws IncompatibleUnits */
export function conversionFactor(from: Unit, to: Unit): Fraction {
  if (!sameDimension(from.dimension, to.dimension)) throw new IncompatibleUnits(from, to);
  return from.factor.dividedBy(to.factor);
}

export const dimensionless: Unit = { text: '1', dimension: {}, factor: Fraction.one };

/** Multiples that Chinese statistics put before a unit, and powers of ten before one: `万t`, `亿m3`, `10^6 yuan`. */
const multiples: ReadonlyMap<string, number> = new Map([
  ['万亿', 12],
  ['千万', 7],
  ['百万', 6],
  ['亿', 8],
  ['万', 4],
]);
const multipleBefore = /^\s*(?:(万亿|千万|百万|亿|万)|10\^(\d{1,2})\s*\*?)\s*(?=[\p{L}%°])/u;

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const plain = (run: string): string => run.replace('⁻', '-').replace(/[⁰¹²³⁴-⁹]/g, (c) => `${superscripts.indexOf(c)}`);

/** One spelling for one unit: `m²` is `m2`, but `10⁴` is `10^4` (not 104); full-width signs of Chinese text become plain. */
const normalise = (text: string): string =>
  text
    .replace(/(?<=\d)[⁻⁰¹²³⁴-⁹]+/g, (run) => `^${plain(run)}`)
    .replace(/[⁻⁰¹²³⁴-⁹]+/g, plain)
    .normalize('NFKC')
    .replace(/[·×⋅]/g, '*')
    .trim()
    .replace(/\s+/g, ' ');

/** Longer than any unit of the field; bounds the work and the cache that a hostile table header can cause. */
const longestText = 100;
const cachedTexts = 10_000;

/** All known units; built once from units.yaml and immutable after. */
export class UnitTable {
  private readonly known = new Map<string, Unit>();
  private readonly parsed = new Map<string, Unit>();

  /** @throws UnknownUnit when a definition refers to a unit that is not defined before it; DuplicateUnit */
  constructor(readonly definitions: readonly UnitDefinition[]) {
    for (const { code, base, is, aliases = [] } of definitions) {
      const unit = base
        ? { text: code, dimension: { [base]: 1 }, factor: Fraction.one }
        : { ...this.parseDefinition(code, is ?? ''), text: code };
      for (const name of [code, ...aliases].map(normalise)) {
        const first = this.known.get(name);
        if (first && first !== unit) throw new DuplicateUnit(name, first.text, code);
        this.known.set(name, unit);
      }
    }
  }

  /**
   * Reads a unit expression: symbols with integer exponents (`m3`, `hm2`, `s-1`), `*` or `·`, `/`, parentheses, `1`.
   * The text given is kept in the result. @throws UnknownUnit
   */
  parse(text: string): Unit {
    const cached = this.parsed.get(text);
    if (cached) return cached;
    if (text.length > longestText) throw new UnknownUnit(`${text.slice(0, longestText)}…`, text.slice(0, 20));
    const whole = this.known.get(normalise(text));
    const unit = whole ? { ...whole, text } : new UnitParser(text, normalise(text), this.known).parse();
    if (this.parsed.size < cachedTexts) this.parsed.set(text, unit);
    return unit;
  }

  private parseDefinition(code: string, is: string): Unit {
    const match = /^([\d./eE+-]+)\s+(.+)$/.exec(is);
    const number = match && Fraction.parse(match[1]);
    if (!match || !number) throw new UnknownUnit(code, is);
    const unit = this.parse(match[2]);
    return { ...unit, factor: unit.factor.times(number) };
  }
}

class UnitParser {
  private at = 0;
  constructor(
    private readonly original: string,
    private readonly text: string,
    private readonly known: ReadonlyMap<string, Unit>,
  ) {}

  parse(): Unit {
    const unit = this.product();
    if (this.at < this.text.length) this.refuse(this.text.slice(this.at));
    return { ...unit, text: this.original };
  }

  private product(): Unit {
    let unit = this.factor();
    for (;;) {
      const operator = /^\s*([*/])\s*/.exec(this.text.slice(this.at));
      if (!operator) return unit;
      this.at += operator[0].length;
      const next = this.factor();
      const power = operator[1] === '*' ? 1 : -1;
      unit = {
        text: '',
        dimension: combineDimensions(unit.dimension, next.dimension, power),
        factor: unit.factor.times(next.factor.power(power)),
      };
    }
  }

  private factor(): Unit {
    const rest = this.text.slice(this.at);
    const open = /^\s*\(\s*/.exec(rest);
    if (open) {
      this.at += open[0].length;
      const inner = this.product();
      const close = /^\s*\)/.exec(this.text.slice(this.at));
      if (!close) this.refuse(this.text.slice(this.at) || '(');
      this.at += close![0].length;
      return inner;
    }
    const symbol = /^\s*(1(?!\d)|[\p{L}%°]+)(?:\^?(-?\d{1,2})(?!\d))?/u.exec(rest);
    if (!symbol) return this.multiple(rest) ?? this.refuse(rest || this.original);
    const exact = symbol[2] === undefined ? undefined : this.known.get(symbol[1] + symbol[2]);
    const unit = symbol[1] === '1' ? dimensionless : (exact ?? this.known.get(symbol[1]));
    if (!unit) return this.multiple(rest) ?? this.refuse(symbol[0].trim());
    this.at += symbol[0].length;
    const power = exact ? 1 : Number(symbol[2] ?? 1);
    return { text: '', dimension: combineDimensions({}, unit.dimension, power), factor: unit.factor.power(power) };
  }

  /** A unit behind a multiple, its exponent included: `万m3` is ten thousand cubic metres. */
  private multiple(rest: string): Unit | undefined {
    const match = multipleBefore.exec(rest);
    if (!match) return undefined;
    this.at += match[0].length;
    const unit = this.factor();
    const power = match[2] === undefined ? multiples.get(match[1])! : Number(match[2]);
    return { ...unit, factor: unit.factor.times(Fraction.of(10n ** BigInt(power))) };
  }

  private refuse(symbol: string): never {
    throw new UnknownUnit(this.original, symbol.trim());
  }
}
