/** Reads an input document (JSON or YAML) piece by piece; numbers stay the text that was written, digit for digit. */
import { parse } from 'yaml';
import { closestWord, Fraction, type Bilingual } from '@gep/kernel';
import { InputUnreadable } from './errors';

/** Beyond any document of the field. */
const longestDocument = 20_000_000;

/** One place of a document: a text, a list, or a map of keys. */
export class InputNode {
  private constructor(
    private readonly value: unknown,
    private readonly file: string,
    readonly place: string,
  ) {}

  /** @throws InputUnreadable when the text is neither JSON nor YAML */
  static read(text: string, file: string): InputNode {
    const fail = (zh: string, en: string): never => {
      throw new InputUnreadable(file, '', { zh, en });
    };
    if (text.length > longestDocument) fail('文件过大', 'the file is too large');
    try {
      return new InputNode(parse(text, { schema: 'failsafe', maxAliasCount: 100, logLevel: 'silent' }), file, '');
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      return fail(`不是 JSON 或 YAML：${reason}`, `neither JSON nor YAML: ${reason}`);
    }
  }

  /** @throws InputUnreadable always */
  refuse(zh: string, en: string): never {
    throw new InputUnreadable(this.file, this.place, { zh, en });
  }

  /** The map itself, after refusing keys that mean nothing here. @throws InputUnreadable */
  only(...known: readonly string[]): this {
    for (const key of Object.keys(this.map())) {
      if (known.includes(key)) continue;
      const near = closestWord(key, known);
      const listed = near ?? known.join(', ');
      this.refuse(
        `不认识“${key}”；可用：${listed}`,
        `"${key}" is not known here; ${near ? 'did you mean' : 'use'} ${listed}`,
      );
    }
    return this;
  }

  /** @throws InputUnreadable when it is not there */
  at(key: string): InputNode {
    return this.maybe(key) ?? this.refuse(`缺少“${key}”`, `"${key}" is missing`);
  }

  maybe(key: string): InputNode | undefined {
    const map = this.map();
    return Object.hasOwn(map, key) ? this.child(map[key], this.place === '' ? key : `${this.place}.${key}`) : undefined;
  }

  entries(): (readonly [string, InputNode])[] {
    return Object.keys(this.map()).map((key) => [key, this.at(key)] as const);
  }

  list(): InputNode[] {
    if (!Array.isArray(this.value)) return this.refuse('应为列表', 'a list is expected');
    return this.value.map((each, at) => this.child(each, `${this.place}[${at}]`));
  }

  isList(): boolean {
    return Array.isArray(this.value);
  }
  isText(): boolean {
    return typeof this.value === 'string';
  }

  text(): string {
    if (typeof this.value !== 'string' || this.value.trim() === '')
      return this.refuse('应为文本', 'a text is expected');
    return this.value;
  }

  /** A decimal such as `36.01`, or a quotient such as `1/3`. */
  number(): Fraction {
    const text = this.text();
    return Fraction.parse(text) ?? this.refuse(`“${text}”不是数`, `"${text}" is not a number`);
  }

  notNegative(): Fraction {
    const number = this.number();
    if (number.numerator < 0n) this.refuse(`${this.text()} 小于 0`, `${this.text()} is below 0`);
    return number;
  }

  /** Digits after the point as written. */
  decimals(): number {
    return /\.(\d+)$/.exec(this.text())?.[1].length ?? 0;
  }

  whole(most: number): number {
    const text = this.text();
    const value = Number(text);
    if (!/^\d+$/.test(text) || value > most)
      this.refuse(
        `应为 0 至 ${most} 的整数，现为“${text}”`,
        `a whole number from 0 to ${most} is expected, found "${text}"`,
      );
    return value;
  }

  choice<T extends string>(known: readonly T[]): T {
    const text = this.text();
    const found = known.find((one) => one === text);
    const listed = known.join(', ');
    return found ?? this.refuse(`“${text}”不可用；可用：${listed}`, `"${text}" may not stand here; use ${listed}`);
  }

  /** `{zh, en}`, or one text for both languages. */
  name(): Bilingual {
    if (this.isText()) return { zh: this.text(), en: this.text() };
    this.only('zh', 'en');
    return { zh: this.at('zh').text(), en: this.at('en').text() };
  }

  private map(): Readonly<Record<string, unknown>> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value))
      return this.refuse('应为键值表', 'a map of keys is expected');
    return this.value as Record<string, unknown>;
  }

  private child(value: unknown, place: string): InputNode {
    return new InputNode(value, this.file, place);
  }
}
