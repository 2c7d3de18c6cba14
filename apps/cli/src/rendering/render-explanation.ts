/** The tree behind a figure as indented text: how each value comes about, down to parameters and observed rows. */
import type { ExplainNode } from '@gep/accounting';
import type { ExactTrace } from '@gep/formula';
import type { Evidence } from '@gep/kernel';
import { gradeNames } from './render-account';
import type { Language } from '../terminal/language';

/** Decimals of an audit run to forty digits; people see these many. */
const shownDigits = 12;

export function renderExplanation(root: ExplainNode, language: Language): string {
  return explainLines(root, language, 0).join('\n');
}

function explainLines(node: ExplainNode, language: Language, depth: number): string[] {
  const pad = '  '.repeat(depth);
  const name = node.name ? ` ${node.name[language]}` : '';
  const head = `${pad}${node.kind} ${node.code}${name} = ${shorten(node.value)} ${node.unit}`;
  const lines = [head + attestation(node, language)];
  if (node.text) lines.push(`${pad}  · ${node.text[language]}`);
  if (node.source) {
    const { batch, sheet, row } = node.source;
    lines.push(`${pad}  · ${sheet}:${row}${batch ? ` (${batch})` : ''}`);
  }
  if (node.account) lines.push(`${pad}  · ${node.account.territory} @ ${node.account.digest.slice(0, 12)}`);
  if (node.trace) lines.push(...traceLines(node.trace, language, depth + 1));
  for (const child of node.children) lines.push(...explainLines(child, language, depth + 1));
  if (node.page && node.page.shown < node.page.total) {
    const { offset, shown, total } = node.page;
    lines.push(`${pad}  … ${offset + 1}-${offset + shown} / ${total}`);
  }
  return lines;
}

function traceLines(trace: ExactTrace, language: Language, depth: number): string[] {
  if (trace.kind === 'number') return [];
  const { expression, value, unit, children } = trace;
  const line = `${'  '.repeat(depth)}${expression} = ${shorten(value)} ${unit}${attestation(trace, language)}`;
  return [line, ...children.flatMap((child) => traceLines(child, language, depth + 1))];
}

function attestation(at: { evidence?: Evidence; from?: string; type?: string; place?: string }, language: Language) {
  if (!at.evidence) return '';
  const key = [at.type, at.place, at.from && `≥ ${at.from}`].filter(Boolean).join(', ');
  const { grade, source } = at.evidence;
  return `  [${gradeNames[grade][language]}${key ? `; ${key}` : ''}; ${source}]`;
}

/** The first significant digits, with a sign that more follow. */
export function shorten(value: string): string {
  const match = /^(-?)0*(?:\.0*)?(\d[\d.]*)/.exec(value);
  const digits = match?.[2].replace('.', '').length ?? 0;
  if (digits <= shownDigits || !value.includes('.')) return value;
  const cut = value.slice(0, value.length - (digits - shownDigits));
  return cut.includes('.') ? `${cut.replace(/\.$/, '')}…` : value.split('.')[0];
}
