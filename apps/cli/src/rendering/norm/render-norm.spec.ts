/** A norm in words: each heading once, and every dated value of a parameter with its place, those of an overlay included. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadNorm } from '@gep/rulebook';
import { renderNorm } from './render-norm';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gep-overlay-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

it('lists the values of an overlay by day and place beside those of its base', async () => {
  fs.writeFileSync(
    path.join(folder, 'norm.yaml'),
    `id: overlay
title: { zh: 甲县, en: Jia county }
status: usable
basis: [{ zh: 文件, en: orders }]
extends: cn-terrestrial
place: '991103'
parameters:
  - code: reservoirCost
    values:
      - { value: 8.10, from: 2020-01-01, grade: published, source: order 1 }
      - { value: 9.35, from: 2023-07-01, grade: published, source: order 2 }
`,
  );
  const text = renderNorm(await loadNorm(folder, 'rulebook'), 'en');
  const own = text.split('\n').filter((line) => line.startsWith('reservoirCost '));
  expect(own).toEqual([
    expect.stringMatching(/7\.06 yuan\/m³ +2000-01-01 .*6\.11 … 7\.53 triangular +published$/),
    expect.stringMatching(/8\.1 yuan\/m³ +2020-01-01 +991103 +published$/),
    expect.stringMatching(/9\.35 yuan\/m³ +2023-07-01 +991103 +published$/),
  ]);
  // A title of its own over each table: no line begins with the words of the line above it.
  const lines = text.split('\n');
  expect(lines.filter((line, at) => line !== '' && lines[at + 1]?.startsWith(`${line}  `))).toEqual([]);
});
