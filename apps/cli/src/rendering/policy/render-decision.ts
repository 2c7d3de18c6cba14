/** A decision for people: each payment with its lines, who gets and pays what, what is shown, the proofs. */
import { sumFen, type Bilingual } from '@gep/kernel';
import type { Decision, DecisionPayment, TracedValue } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { showDecimal, showUnit, showYuan } from '../figures';
import { renderTable, type TableColumn } from '../text-table';

export function renderDecision(decision: Decision, language: Language, traced: boolean): string {
  const { rule, period, payments, shown, balances, proofs, inputDigest, weakest } = decision;
  const say = (text: Bilingual): string => text[language];
  const head = [
    `${rule.id} @ ${rule.edition.slice(0, 12)}${period === '' ? '' : ` · ${period}`} · ${say(rule.title)}`,
    say({ zh: `输入 ${inputDigest.slice(0, 12)}`, en: `input ${inputDigest.slice(0, 12)}` }),
  ];
  const parts = [
    head.join('\n'),
    ...payments.map((payment) => renderPayment(payment, language, traced)),
    ...(shown.length > 0 ? [renderShown(decision, language)] : []),
  ];
  if (balances.length > 0) {
    const columns = headings(language, [
      [{ zh: '方', en: 'Party' }],
      [{ zh: '名称', en: 'Name' }],
      [{ zh: '应得（+）应付（−），元', en: 'Gets (+) or pays (-), yuan' }, 'point'],
      [{ zh: '其中尚待收付', en: 'still due' }, 'point'],
    ]);
    const rows = balances.map(({ code, name, entitledFen, dueFen }) => [
      code,
      name[language] === code ? '' : name[language],
      showYuan(entitledFen),
      showYuan(dueFen),
    ]);
    parts.push(renderTable(columns, rows));
  }
  if (proofs.length > 0) parts.push(proofs.map(({ text }) => `✓ ${say(text)}`).join('\n'));
  if (weakest === 'unverified')
    parts.push(say({ zh: '！所用参数中有未核实的', en: '! some of the parameters used are unverified' }));
  return parts.join('\n\n');
}

function headings(
  language: Language,
  titles: readonly (readonly [Bilingual, TableColumn['numeric']?])[],
): TableColumn[] {
  return titles.map(([title, numeric]) => ({ heading: title[language], ...(numeric && { numeric }) }));
}

function renderPayment(
  { name, code, lines, poolFen, carryFen, totalFen, values }: DecisionPayment,
  language: Language,
  traced: boolean,
): string {
  const has = (test: (line: DecisionPayment['lines'][number]) => unknown): boolean => lines.some(test);
  const columns: [Bilingual, TableColumn['numeric'] | undefined, (line: DecisionPayment['lines'][number]) => string][] =
    [
      [{ zh: '单位', en: 'Unit' }, undefined, ({ unit }) => unit],
      [{ zh: '名称', en: 'Name' }, undefined, (line) => line.name],
      [{ zh: '付', en: 'From' }, undefined, ({ from }) => from.code],
      [{ zh: '收', en: 'To' }, undefined, ({ to }) => to.code],
    ];
  if (has(({ rank }) => rank !== undefined))
    columns.push([{ zh: '名次', en: 'Rank' }, 'point', ({ rank }) => `${rank ?? ''}`]);
  columns.push([{ zh: '金额（元）', en: 'Amount (yuan)' }, 'point', ({ entitledFen }) => showYuan(entitledFen)]);
  if (has(({ advancedFen }) => advancedFen !== 0n))
    columns.push(
      [{ zh: '已预拨', en: 'Advanced' }, 'point', ({ advancedFen }) => showYuan(advancedFen)],
      [{ zh: '应补（应退）', en: 'Due (to return)' }, 'point', ({ dueFen }) => showYuan(dueFen)],
    );
  if (has(({ withheldFen }) => withheldFen !== undefined))
    columns.push([
      { zh: '负值不付', en: 'Negative, not paid' },
      'point',
      ({ withheldFen }) => (withheldFen === undefined ? '' : showYuan(withheldFen)),
    ]);
  if (has(({ instalments }) => instalments))
    columns.push([
      { zh: '分期', en: 'Instalments' },
      undefined,
      ({ instalments }) => (instalments ? showInstalments(instalments) : ''),
    ]);
  const table = renderTable(
    columns.map(([title, numeric]) => ({ heading: title[language], ...(numeric && { numeric }) })),
    lines.map((line) => columns.map(([, , show]) => show(line))),
  );
  const pool =
    poolFen === undefined
      ? ''
      : {
          zh: `，总额 ${showYuan(poolFen)}，结转 ${showYuan(carryFen)}`,
          en: `, pool ${showYuan(poolFen)}, carried ${showYuan(carryFen)}`,
        }[language];
  const title = `${name[language]} (${code}): ${{ zh: '合计', en: 'total' }[language]} ${showYuan(totalFen)}${pool}`;
  const whole = values.length > 0 ? [renderValues(values, language, '  ')] : [];
  const behind = traced
    ? lines.flatMap(({ unit, values: own = [] }) =>
        own.length > 0 ? [`${unit}`, renderValues(own, language, '    ')] : [],
      )
    : [];
  return [title, ...whole, table, ...behind].join('\n');
}

/** `25 × 111,712.00`, or each where they differ. */
function showInstalments(parts: readonly bigint[]): string {
  if (parts.every((part) => part === parts[0])) return `${parts.length} × ${showYuan(parts[0])}`;
  const usual = parts[1] ?? parts[0];
  const odd = parts.findIndex((part) => part !== usual);
  const others = parts.length - 1;
  if (sumFen(parts) === usual * BigInt(others) + parts[odd])
    return odd === 0
      ? `${showYuan(parts[0])} + ${others} × ${showYuan(usual)}`
      : `${others} × ${showYuan(usual)} + ${showYuan(parts[odd])}`;
  return parts.map((part) => showYuan(part)).join(' + ');
}

function renderValues(values: readonly TracedValue[], language: Language, indent: string): string {
  return values
    .flatMap((value) => renderValue(value, language))
    .map((line) => `${indent}${line}`)
    .join('\n');
}

/** One line, or one for each value of a parameter that changed. */
function renderValue(
  { code, value, unit, expression, table, line, source, grade, from, changes }: TracedValue,
  language: Language,
): string[] {
  const show = (text: string): string =>
    unit === undefined ? text : `${showDecimal(text)} ${showUnit(unit, language)}`.trim();
  if (changes)
    return changes.map((one) => {
      const rows = one.first === one.last ? one.first : `${one.first} … ${one.last}`;
      return `${code} (${rows}) = ${show(one.value)}   ← ${one.from} · ${one.grade} · ${one.source}`;
    });
  const row = line === undefined ? 'otherwise' : { zh: `第 ${line} 行`, en: `line ${line}` }[language];
  const why = expression ?? (table ? `${table}: ${row}` : source && `${from} · ${grade} · ${source}`);
  return [`${code} = ${show(value)}${why ? `   ← ${why}` : ''}`];
}

function renderShown({ shown }: Decision, language: Language): string {
  const whole = shown.filter(({ unit }) => unit === '').map(({ values }) => renderValues(values, language, ''));
  const units = shown.filter(({ unit }) => unit !== '');
  if (units.length === 0) return whole.join('\n');
  const codes = units[0].values.map(({ code }) => code);
  const columns = [
    ...headings(language, [[{ zh: '单位', en: 'Unit' }], [{ zh: '名称', en: 'Name' }]]),
    ...codes.map((code) => ({ heading: code, numeric: 'point' as const })),
  ];
  const rows = units.map(({ unit, name, values }) => [
    ...[unit, name],
    ...codes.map((code) => showDecimal(values.find((one) => one.code === code)?.value ?? '')),
  ]);
  return [...whole, renderTable(columns, rows)].join('\n');
}
