/** Days that were agreed, told as clocks are, so that what is late by an agreement stands beside what is late by law. */
import type { Bilingual } from '@gep/kernel';
import type { Clock } from '@gep/procedure';
import type { EntityManager } from 'typeorm';
import { getContract, listDeeds } from '../contract/contract.store';
import { summaryOf } from '../contract/contract-view.service';
import { isAllSpent } from '../spending/spending';
import { type AgreedDay, listOpenInstalments, listSpendByDays } from './agreed-days.store';

/** Names of agreed days by their code. */
export const agreedDayTitles: ReadonlyMap<string, Bilingual> = new Map([
  ['spend-by', { zh: '合同资金使用', en: 'use of the money of the contract' }],
  ['instalment', { zh: '分期款', en: 'instalment' }],
]);

const laws = {
  'spend-by': {
    zh: '合同条款 spendBy；生态保护补偿条例第三十一条',
    en: 'spendBy of the contract; Eco-compensation Regulation art. 31',
  },
  instalment: { zh: '市场化购买约定的付款日', en: 'due day agreed in the market purchase' },
} as const;

const dayMs = 86_400_000;

/** @param within ltree text. @param on day by which lateness is told */
export async function listAgreedDays(
  tx: EntityManager,
  { within = null, on }: { readonly within?: string | null; readonly on: string },
): Promise<Clock[]> {
  const clocks: Clock[] = [];
  for (const day of await listSpendByDays(tx, within)) {
    const contract = await getContract(tx, day.subjectId);
    const spent = await summaryOf(tx, contract, await listDeeds(tx, contract.id), on);
    if (!isAllSpent(spent)) clocks.push(clockOf('spend-by', 'contract', day));
  }
  for (const day of await listOpenInstalments(tx, within, on))
    clocks.push(clockOf('instalment', 'market-purchase', day));
  return clocks;
}

function clockOf(code: keyof typeof laws, kind: string, day: AgreedDay): Clock {
  const { no, subjectId, territoryPath, startedOn, dueOn } = day;
  return {
    ...{ id: [code, subjectId, no].filter((part) => part !== null).join(':'), code, territoryPath, startedOn, dueOn },
    subject: { kind, id: no === null ? subjectId : `${subjectId} ${no}` },
    ...{ sort: 'deadline', days: Math.max(1, (Date.parse(dueOn) - Date.parse(startedOn)) / dayMs), basis: 'calendar' },
    ...{ law: laws[code], isCovered: true, metOn: null, isLate: false, waivedBecause: null },
  };
}
