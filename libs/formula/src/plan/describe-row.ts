/** Writes a row expression the way a person writes a formula, for explanations. */
import { RowExpression } from './row-expression';

/** Binding strength, as in the language. */
const strengths: ReadonlyMap<string, number> = new Map([
  ...[['or'], ['and'], ['not'], ['<', '<=', '>', '>=', '=', '!='], ['+', '-'], ['*', '/'], [], ['power']].flatMap(
    (operations, index) => operations.map((operation) => [operation, index + 1] as const),
  ),
]);
const strongest = 9;
/** A part with a longer text is left out: it explains nothing. */
const longestText = 400;

interface Written {
  readonly text: string;
  readonly strength: number;
}

/**
 * `max(0, area * (rain - evaporation))`.
 * @param type position of the type for which it is written; without it a number by type is shown as its list
 */
export function describeRow(expression: RowExpression, type?: number): string {
  return new RowWriter(type).write(expression).text;
}

class RowWriter {
  constructor(private readonly type: number | undefined) {}

  private readonly known = new Map<RowExpression, Written>();

  write(expression: RowExpression): Written {
    const known = this.known.get(expression);
    if (known) return known;
    const full = 'of' in expression ? this.operation(expression) : this.leaf(expression);
    const written = full.text.length > longestText ? { text: '…', strength: strongest } : full;
    this.known.set(expression, written);
    return written;
  }

  private operation({ op, of }: Extract<RowExpression, { of: unknown }>): Written {
    const parts = of.map((part) => this.write(part));
    const strength = strengths.get(op);
    if (strength === undefined)
      return { text: `${op}(${parts.map(({ text }) => text).join(', ')})`, strength: strongest };
    // What stands to the right of an operator must bind more tightly than the operator: a - (b - c), a / (b * c).
    const texts = parts.map((part, index) =>
      part.strength < strength + Number(index > 0) ? `(${part.text})` : part.text,
    );
    return { text: op === 'not' ? `not ${texts[0]}` : texts.join(op === 'power' ? ' ^ ' : ` ${op} `), strength };
  }

  private leaf(expression: Exclude<RowExpression, { of: unknown }>): Written {
    switch (expression.op) {
      case 'constant':
        return figure(expression.value);
      case 'column':
        return { text: expression.name, strength: strongest };
      case 'table':
        if (this.type !== undefined) return figure(expression.values[this.type]);
        return { text: `{${expression.values.join(', ')}}`, strength: strongest };
    }
  }
}

const figure = (value: number): Written => ({ text: String(value), strength: value < 0 ? 0 : strongest });
