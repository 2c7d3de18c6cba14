/** Words in formulas: `is(class, I, II)`, `class = II`, `home = work`, and the place of a word, `order(class)`. */
import { dimensionless, Fraction } from '@gep/kernel';
import type { SyntaxNode } from '@gep/formula';
import { suggestion } from '../../yaml/problem-log';
import type { CallNode, OperandCompiler } from './rule-names';
import { combine, type Compiled } from './value';

type Binary = Extract<SyntaxNode, { kind: 'binary' }>;
type Operands = Pick<CallNode, 'operands'>;

const yesNo = { kind: 'yes-no' } as const;

/**
 * A column of words with a word or with another column; a yes-no with `yes` or `no`.
 * @returns `numbers` when neither is meant
 */
export function compareWords(
  compiler: OperandCompiler,
  { operator, left, right }: Binary,
): Compiled | undefined | 'numbers' {
  const kindOf = (node: SyntaxNode): string | undefined => {
    const named = node.kind === 'name' && !node.lookUp ? compiler.names.find(node.name, compiler.inTime) : undefined;
    return typeof named === 'object' ? named.type.kind : undefined;
  };
  const kind = kindOf(left);
  const turned = (found: Compiled | undefined): Compiled | undefined =>
    found && operator === '!=' ? combine(yesNo, [found], (place) => !(found.run(place) as boolean)) : found;
  if (kind === 'text') {
    if (kindOf(right) !== 'text') return turned(isWord(compiler, { operands: [left, right] }));
    const [a, b] = [compiler.compile(left), compiler.compile(right)];
    return a && b && turned(combine(yesNo, [a, b], (place) => a.run(place) === b.run(place)));
  }
  if (kind !== 'yes-no' || right.kind !== 'name' || (right.name !== 'yes' && right.name !== 'no')) return 'numbers';
  const [condition, wanted] = [compiler.compileCondition(left), right.name === 'yes'];
  return condition && turned(combine(yesNo, [condition], (place) => condition.run(place) === wanted));
}

/** `order(class)`: the place of a word among the `values` of its column, 1 for the first. */
export function orderOfWord(compiler: OperandCompiler, { operands: [subject] }: CallNode): Compiled | undefined {
  const value = compiler.compile(subject);
  if (!value) return undefined;
  const values = value.type.kind === 'text' ? value.type.values : undefined;
  if (!values)
    return compiler.log.refuse(
      subject.span,
      'policy.wrong-kind',
      { zh: 'order 须是写明 values 的文字列', en: 'order(…) takes a column of words that says its values' },
      {
        zh: '例如 unit: text, values: [I, II, III]，第一个词为 1',
        en: 'for example unit: text, values: [I, II, III]; the first word is 1',
      },
    );
  const places = new Map(values.map((word, at) => [word, Fraction.of(BigInt(at + 1))]));
  return combine({ kind: 'number', unit: dimensionless }, [value], (place) => places.get(value.run(place) as string)!);
}

/** `is(class, I, II)`: whether a word is one of these. */
export function isWord(compiler: OperandCompiler, { operands: [subject, ...words] }: Operands): Compiled | undefined {
  const value = compiler.compile(subject);
  if (!value) return undefined;
  if (value.type.kind !== 'text')
    return compiler.log.refuse(
      subject.span,
      'policy.wrong-kind',
      { zh: 'is 的第一项须是文字列', en: 'the first part of is(…) must be a column of words' },
      { zh: '数用 = 比较', en: 'compare numbers with =' },
    );
  const { values } = value.type;
  const wanted = new Set<string>();
  for (const word of words) {
    const written = word.kind === 'name' || word.kind === 'number' ? compiler.log.slice(word.span) : undefined;
    if (written === undefined || (values && !values.includes(written))) {
      compiler.log.refuse(
        word.span,
        'policy.unknown-word',
        {
          zh: `“${compiler.log.slice(word.span)}”不是可取的词`,
          en: `"${compiler.log.slice(word.span)}" is not one of its words`,
        },
        values ? suggestion(written ?? '', values) : { zh: '直接写词，不加引号', en: 'write the bare word' },
      );
    } else wanted.add(written);
  }
  if (wanted.size < words.length) return undefined;
  return combine({ kind: 'yes-no' }, [value], (place) => wanted.has(value.run(place) as string));
}
