/** Cuts the text of an expression into tokens with their exact positions. */
import { SyntaxFault } from './syntax-fault';

export type TokenKind = 'number' | 'name' | 'bracket' | 'symbol' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The text as written; for a bracket, what stands between `[` and `]`. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const patterns: readonly (readonly [TokenKind, RegExp])[] = [
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[%％]?/uy],
  ['name', /[\p{L}_][\p{L}\p{M}\p{Nd}_]*/uy],
  ['bracket', /\[[^[\]]*\]/uy],
  ['symbol', /<=|>=|!=|[-+*/^(),<>=]/uy],
];

/** Characters often typed for an operator of the language, with what to write. */
const lookalikes: ReadonlyMap<string, string> = new Map([
  ...[...'（），、×·⋅∗÷∕−–—＋－＊／＝＜＞【】［］'].map((c, i) => [c, '(),,****//---+-*/=<>[][]'[i]] as const),
  ...[...'≤≥≠²³'].map((c, i) => [c, ['<=', '>=', '!=', '^2', '^3'][i]] as const),
]);

/** @throws SyntaxFault at the first character that cannot begin a token */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/u.test(text[at])) at += 1;
    if (at >= text.length) return [...tokens, { kind: 'end', text: '', from: text.length, to: text.length }];
    const token = readToken(text, at);
    tokens.push(token);
    at = token.to;
  }
}

function readToken(text: string, from: number): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (!match) continue;
    const to = from + match[0].length;
    return { kind, text: kind === 'bracket' ? match[0].slice(1, -1) : match[0], from, to };
  }
  throw refuseCharacter(text, from);
}

function refuseCharacter(text: string, from: number): SyntaxFault {
  const character = String.fromCodePoint(text.codePointAt(from)!);
  const span = { from, to: from + character.length };
  if (character === '[') {
    return new SyntaxFault(span, {
      zh: '“[”没有对应的“]”；请补上“]”',
      en: '"[" has no matching "]"; add the "]"',
    });
  }
  if (character === '&' || character === '|' || character === '!') {
    return new SyntaxFault(span, {
      zh: `“${character}”不是本语言的符号；请写 and、or、not 或 !=`,
      en: `"${character}" is not a symbol of the language; write and, or, not or !=`,
    });
  }
  if (character === '%' || character === '％') {
    return new SyntaxFault(span, {
      zh: '“%”须紧跟数字（24%，即 0.24）',
      en: '"%" stands right after a number (24%, which is 0.24)',
    });
  }
  const meant = lookalikes.get(character);
  return new SyntaxFault(span, {
    zh: meant ? `字符“${character}”不能用在公式中；请写“${meant}”` : `字符“${character}”不能用在公式中；请删去它`,
    en: meant
      ? `character "${character}" cannot stand in a formula; write "${meant}"`
      : `character "${character}" cannot stand in a formula; remove it`,
  });
}
