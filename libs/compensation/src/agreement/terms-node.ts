/** Walks through a document of terms; whatever is wrong is noted at its place, and reading goes on. */
import type { Bilingual } from '@gep/kernel';
import type { AgreementProblem } from '../errors';

/** One place in the document; reading it notes what is wrong there. */
export class TermsNode {
  constructor(
    readonly value: unknown,
    readonly path: string,
    private readonly problems: AgreementProblem[],
  ) {}

  at(key: string): TermsNode {
    const inside =
      typeof this.value === 'object' && this.value !== null ? (this.value as Record<string, unknown>)[key] : undefined;
    return new TermsNode(inside, this.path === '' ? key : `${this.path}.${key}`, this.problems);
  }

  get isThere(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  refuse(zh: string, en: string): void {
    this.problems.push({ path: this.path, zh, en });
  }

  /** Refuses keys that nobody reads: a typing error must not silently change what was agreed. */
  only(...keys: readonly string[]): void {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) {
      if (this.isThere) this.refuse('应为各键及其值', 'should be keys with values');
      return;
    }
    for (const key of Object.keys(this.value))
      if (!keys.includes(key))
        this.at(key).refuse(`没有这个键；可用：${keys.join('、')}`, `is no key here; there are ${keys.join(', ')}`);
  }

  text(pattern?: RegExp, shape: Bilingual = { zh: '格式不对', en: 'has the wrong form' }): string {
    const { value } = this;
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
    if (text === '') this.refuse('缺少，请补上', 'is missing; give it');
    else if (pattern && !pattern.test(text)) this.refuse(`“${text}”${shape.zh}`, `"${text}" ${shape.en}`);
    return text;
  }

  optional(pattern?: RegExp, shape?: Bilingual): string | null {
    return this.isThere && this.value !== '' ? this.text(pattern, shape) : null;
  }

  bilingual(): Bilingual {
    return { zh: this.at('zh').text(), en: this.at('en').text() };
  }

  list(): TermsNode[] {
    if (!this.isThere) return [];
    if (!Array.isArray(this.value)) {
      this.refuse('应为列表', 'should be a list');
      return [];
    }
    return this.value.map((each, at) => new TermsNode(each, `${this.path}[${at}]`, this.problems));
  }

  words(): string[] {
    return this.list().map((each) => each.text());
  }

  /** Each key with its value as text. */
  record(pattern?: RegExp, shape?: Bilingual): Record<string, string> {
    if (!this.isThere) return {};
    if (typeof this.value !== 'object' || Array.isArray(this.value)) {
      this.refuse('应为各键及其值', 'should be keys with values');
      return {};
    }
    return Object.fromEntries(Object.keys(this.value as object).map((key) => [key, this.at(key).text(pattern, shape)]));
  }

  choice<Word extends string>(known: readonly Word[], otherwise?: Word): Word {
    if (!this.isThere && otherwise !== undefined) return otherwise;
    const text = this.text() as Word;
    if (text !== '' && !known.includes(text))
      this.refuse(`“${text}”应为 ${known.join('、')} 之一`, `"${text}" should be one of ${known.join(', ')}`);
    return text;
  }

  whole(otherwise: number): number {
    if (!this.isThere) return otherwise;
    return Number(this.text(/^\d{1,2}$/, { zh: '应为 0 到 99 的整数', en: 'should be a whole number from 0 to 99' }));
  }
}
