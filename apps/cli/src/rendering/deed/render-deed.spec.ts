/** A deed tells the verb to type for what comes next, in either language, and how to meet a duty to publish. */
import { owedSteps } from '../../deed/owed-steps';
import { renderDeed, type ToldDeed } from './render-deed';

const part = { party: '991105', billedFen: 0n, collectedFen: 0n, clawedFen: 85_450n, recoveredFen: 0n } as never;
const steps = owedSteps({ parts: [part] }).map((step) => ({ ...step, roles: ['fund-administrator'] as const }));
const told = (more: Partial<ToldDeed>): ToldDeed => ({
  ...{ kind: 'settlement', id: 'i', code: 'my.c1', act: 'pay', from: 'approved', to: 'paid', replayed: false },
  ...{ next: steps, waitsFor: [], due: [], made: {}, ...more },
});

it('names the verb beside its words', () => {
  const due = [{ clock: 'result-publication', on: '2025-05-20', law: { zh: '法', en: 'law' } }];
  expect(renderDeed(told({ due }), 'en').split('\n').slice(2)).toEqual([
    'next: `collect my.c1 991105 --amount 854.50 --clawback` · take back 854.50 yuan that 991105 owes back — fund-administrator',
    'due: 2025-05-20 result-publication (law) — gep publication list --open',
  ]);
  expect(renderDeed(told({}), 'zh')).toContain(
    '下一步: `collect my.c1 991105 --amount 854.50 --clawback` · 收回 991105',
  );
  expect(renderDeed(told({ next: [] }), 'en')).toContain('it has come to its end');
});

it('tells in words and yuan what was made beside', () => {
  const made = {
    conservationFen: '139765778',
    allowedFen: '0',
    outcome: 'drafted',
    says: '已起草更正',
    voucherId: null,
  };
  expect(
    renderDeed(told({ kind: 'contract', act: 'state', from: 'paid', made }), 'zh')
      .split('\n')
      .slice(1, 5),
  ).toEqual([
    '年度资金使用报告: 已支付 → 已支付',
    '用于保护: 1,397,657.78 元',
    '其他允许用途: 0.00 元',
    '结果: 已起草更正',
  ]);
});

it('tells an appeal by the verbs that are typed', () => {
  const name = { zh: '裁定成立', en: 'uphold' };
  const step = { act: 'uphold', name, permission: 'appeal.decide', notBy: ['a'], reasonNeeded: true, roles: [] };
  const appeal = told({
    kind: 'appeal',
    code: 'my-two 991105',
    act: 'complain',
    from: 'queried',
    to: 'complained',
    next: [step],
  });
  expect(renderDeed(appeal, 'zh')).toMatch(
    /异议 my-two 991105 [^]*投诉: 已质疑 → 已投诉\n下一步（须写理由）: `decide uphold` · 裁定成立/,
  );
});
