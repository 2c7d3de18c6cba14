/** Lists of credit are told in names and in the language of the reader, with the day that counts. */
import type { MeasureView, Objection, OwnRecord, Reading } from '@gep/credit';
import { renderMeasures, renderNotices, renderObjections, renderOwnRecords, renderReadings } from './render-credit';

const at = new Date('2025-03-01T02:00:00Z');
const objection: Objection = {
  ...{ id: 'o1', subjectId: 's1', territoryPath: 'CN', eventId: 'e1', measureId: null, grounds: 'neighbour' },
  ...{ documentDigest: null, filedBy: 'u1', filedName: 'wang', filedAt: at, outcome: null },
};
const measure: MeasureView = {
  ...{ id: 'm1', subjectId: 's1', territoryPath: 'CN', item: 'subsidyCut', edition: 'ed', kind: 'punishment' },
  ...{ lawZh: '条例', lawEn: 'Rule', severe: false, untilDay: '2026-01-01', share: '0.5', proposedBy: 'u2' },
  ...{ proposedAt: at, state: 'in-force', paused: false, causes: [] },
};
const reading: Reading = {
  ...{ no: '1', purpose: 'loan', what: 'score', consentId: 'c1', readerName: 'my-bank', readBy: 'u3', readAt: at },
};
const items = new Map([['ed subsidyCut', { zh: '减少补贴', en: 'Subsidy reduced' }]]);

it('shows by when an open objection has to be handled, and how a closed one ended', () => {
  const told = (language: 'zh' | 'en') =>
    renderObjections(
      [objection, { ...objection, id: 'o2', outcome: 'upheld' }],
      new Map([['o1', '2025-03-07']]),
      language,
    );
  expect(told('en').split('\n').slice(-2)).toEqual([
    expect.stringMatching(/^o1 .*2025-03-07\s+open\s*$/),
    expect.stringMatching(/^o2 .*neighbour\s+upheld\s*$/),
  ]);
  expect(told('zh')).toMatch(/应办结日[\s\S]*未处理[\s\S]*异议成立/);
});

it('leaves no code in Chinese lists', () => {
  expect(renderMeasures([measure], items, 'zh')).toMatch(/减少补贴[\s\S]*实施中/);
  expect(renderMeasures([measure], new Map(), 'zh')).toContain('subsidyCut');
  const kinds = (['identity', 'record', 'score'] as const).map((what) => ({ ...reading, what }));
  expect(renderReadings(kinds, 'zh')).toMatch(/身份\s+贷款[\s\S]*记录\s+贷款[\s\S]*分数与等级\s+贷款/);
});

it('names the reader of a consent, and heads corrections', () => {
  const consent = {
    ...{ id: 'c1', subjectId: 's1', territoryPath: 'CN', grantee: 'u3', purpose: 'loan', fromDay: '2025-01-01' },
    ...{ untilDay: '2025-12-31', documentDigest: 'd', withdrawnAt: null },
  };
  const record: OwnRecord = {
    subject: { id: 's1', kind: 'person', territoryPath: 'CN', since: '2020-01-01', identifiers: { name: '甲' } },
    score: { asOf: '2025-03-01', score: '100', bounded: false, grade: null, base: '100', edition: 'ed', lines: [] },
    ...{ measures: [measure], objections: [objection], consents: [consent], readings: [] },
  } as unknown as OwnRecord;
  const names = { items, due: new Map([['o1', '2025-03-07']]), readers: new Map([['u3', 'my-bank']]) };
  const told = renderOwnRecords([record], names, 'en');
  expect(told).toMatch(/Subsidy reduced[\s\S]*2025-03-07[\s\S]*c1\s+my-bank\s+loan/);
  expect(told).not.toContain('u3');
  expect(renderNotices([{ subjectId: 's1', eventId: 'e1', noticedAt: at }], 'en').split('\n')[0]).toMatch(
    /When\s+Subject\s+Entry/,
  );
});
