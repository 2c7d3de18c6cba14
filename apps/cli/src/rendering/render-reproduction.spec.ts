/** The mine study as an accountant reads it: every word in one language, notes at their cells, a reason beside every miss. */
import { join } from 'node:path';
import { computeAccount, reproduceCase, type CaseReproduction } from '@gep/accounting';
import { checkFile, vocabularyOf } from '@gep/observation';
import { loadCase, loadNorm } from '@gep/rulebook';
import { observedPeriods } from '../observed-file.loader';
import { renderReproduction } from './render-reproduction';
import { displayWidth } from './text-table';

const rulebook = join(__dirname, '../../../../rulebook');
let reproduction: CaseReproduction;
beforeAll(async () => {
  const { published, observations } = await loadCase('jinsha-mine', rulebook);
  const norm = await loadNorm(published.norm, rulebook);
  const outcome = await checkFile(observations, vocabularyOf(norm));
  const [before, after] = observedPeriods(outcome).map((observed) => computeAccount(norm, observed));
  reproduction = reproduceCase(norm, published, { before, after });
});

const rowsOf = (text: string, start: RegExp): string[] => text.split('\n').filter((line) => start.test(line));

it('puts each note at its cell, not at its line', () => {
  const [, value] = rowsOf(renderReproduction(reproduction, 'en'), /^Reduction of sediment/);
  const [quantity] = rowsOf(renderReproduction(reproduction, 'en'), /^Reduction of sediment/);
  expect(quantity).toMatch(/11529 .*-0\.428 % {2}\[3\]\[4\] +218953 .*-0\.004 % {2}\[3\] +published$/);
  expect(value).toMatch(/3\.36 .*% {2}\[3\] +23\.90 .*% {2}\[3\] +solved$/);
});

it('gives a reason beside every figure that is off, and nought no sign', () => {
  const text = renderReproduction(reproduction, 'zh');
  const off = rowsOf(text, /超差 [+-]/);
  expect(off.length).toBeGreaterThan(5);
  for (const line of off) expect(line).toMatch(/超差 \S+ % {2}\[\d+\]/);
  expect(text).not.toMatch(/[+-]0\.0+ /);
});

it('speaks one language: no code stands for a name, in tables and notes', () => {
  const chinese = renderReproduction(reproduction, 'zh').split('\n').slice(3).join('\n');
  expect(chinese.match(/[a-z]+[A-Z]\w+|\btable\d/g)?.filter((word) => word !== 'kWh') ?? []).toEqual([]);
  expect(chinese).toContain('[4] 表4 修复前 减少泥沙淤积 实物量\n');
  const english = renderReproduction(reproduction, 'en').split('\n').slice(3).join('\n');
  expect(english).not.toMatch(/\p{Script=Han}/u);
  expect(english).toContain('[4] Table 4, Before, Reduction of sediment accumulation, quantity\n');
});

it.each(['zh', 'en'] as const)('lines up in %s, whatever the script', (language) => {
  for (const block of renderReproduction(reproduction, language).split('\n\n').slice(1, 5)) {
    const [, heading, rule, ...rows] = block.split('\n');
    const gaps = [...rule.matchAll(/ {2}/g)].map(({ index }) => index);
    expect(gaps.length).toBeGreaterThan(7);
    for (const gap of gaps)
      for (const line of [heading, ...rows])
        expect([line, columnAt(line, gap), columnAt(line, gap + 1)]).toEqual([line, ' ', ' ']);
  }
});

/** The character that covers a column of the terminal. */
function columnAt(line: string, column: number): string {
  let width = 0;
  for (const character of line) {
    width += displayWidth(character);
    if (width > column) return character;
  }
  return ' ';
}
