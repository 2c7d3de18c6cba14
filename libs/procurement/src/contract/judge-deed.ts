/** Judges the facts of a deed on a contract: what has to be said, and what the law and the money allow. */
import { type Bilingual, formatYuan } from '@gep/kernel';
import { isDay } from '../company/company';
import type { ContractAct } from './contract-table';
import { type ContractDeed, type DeedFacts, lastDeed, moneyOf } from './contract';
import { fenOf, mostBondFen } from './contract-terms';
import { ContractHeld, ContractRefused } from './errors';

/** What of a deed has to be said beside its day. `document`: the paper itself, by its SHA-256. */
const neededFacts: Readonly<Partial<Record<ContractAct, readonly string[]>>> = {
  budget: ['line', 'amountFen'],
  notice: ['where'],
  award: ['opinions'],
  sign: ['bondFen', 'document'],
  publish: ['where'],
  file: ['authority', 'number'],
  accept: ['users', 'opinions', 'where', 'document'],
  invoice: ['number', 'amountFen', 'issuedOn'],
};

/** What each is, and the form it is given in. */
const nameOfFact: Readonly<Record<string, Bilingual>> = {
  line: { zh: '预算科目，如 2110501', en: 'budget line, such as 2110501' },
  amountFen: { zh: '金额，整数分，如 900000000', en: 'amount in whole fen, such as 900000000' },
  where: { zh: '发布的媒体或网址', en: 'where it is published, an address or a paper' },
  opinions: {
    zh: '收到的意见及处理，没有则写 none',
    en: 'opinions that were received and what became of them, or none',
  },
  bondFen: { zh: '履约保证金，整数分，没有则写 0', en: 'performance bond in whole fen, 0 for none' },
  document: { zh: '文件的 SHA-256', en: 'SHA-256 of the paper' },
  authority: { zh: '备案机关', en: 'authority that it is filed with' },
  number: {
    zh: '备案号，或发票号码（8 到 40 位数字或大写字母）',
    en: 'number of the filing, or of the invoice (8 to 40 digits or capital letters)',
  },
  users: { zh: '参加验收的服务对象人数，至少 1', en: 'how many users took part, 1 at least' },
  issuedOn: { zh: '开票日期，如 2025-04-15', en: 'day of issue, such as 2025-04-15' },
};

/** The facts of each step that has any, for help texts; `document` is the paper itself. */
export const factsOfActs: readonly {
  readonly act: string;
  readonly facts: readonly { readonly name: string; readonly what: Bilingual }[];
}[] = Object.entries(neededFacts).map(([act, names]) => ({
  act,
  facts: names.map((name) => ({ name, what: nameOfFact[name] })),
}));

/** A deed as somebody wishes to do it. */
export interface DeedWish {
  readonly act: ContractAct;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  readonly facts: DeedFacts;
  readonly documentDigest: string | null;
}

/** @throws ContractRefused with everything that is lacking, ContractHeld when what stands does not allow it */
export function judgeDeed(contract: string, deeds: readonly ContractDeed[], wish: DeedWish): void {
  const { act, facts, documentDigest, on } = wish;
  const problems: Bilingual[] = [];
  const needed = neededFacts[act] ?? [];
  for (const name of needed) {
    const given = name === 'document' ? documentDigest : facts[name];
    const { zh, en } = nameOfFact[name];
    if (!given?.trim()) problems.push({ zh: `缺 ${name}：${zh}`, en: `${name} is lacking: ${en}` });
  }
  const unknown = Object.keys(facts).filter((name) => !needed.includes(name));
  if (unknown.length > 0)
    problems.push({
      zh: `此步不用 ${unknown.join('、')}；所需：${needed.join('、') || '无'}`,
      en: `this step has no use for ${unknown.join(', ')}; it needs ${needed.join(', ') || 'nothing'}`,
    });
  for (const name of ['amountFen', 'bondFen'] as const)
    if (facts[name] !== undefined && fenOf(facts[name]) === undefined)
      problems.push({ zh: `${name} 应为不小于零的整数分`, en: `${name} is whole fen, zero or more` });
  if (facts['users'] !== undefined && !/^[1-9]\d{0,5}$/.test(facts['users']))
    problems.push({
      zh: '公共服务的验收须有服务对象参加（条例第四十五条），人数至少为 1',
      en: 'users take part when a public service is accepted (Regulation art. 45): one at least',
    });
  const { issuedOn } = facts;
  if (issuedOn !== undefined && (!isDay(issuedOn) || issuedOn > on))
    problems.push({ zh: `开票日期应不晚于 ${on}`, en: `the day of issue is ${on} or before` });
  if (problems.length > 0) throw new ContractRefused(contract, problems);
  judgeMoney(contract, deeds, wish);
}

function judgeMoney(contract: string, deeds: readonly ContractDeed[], { act, facts }: DeedWish): void {
  const { budgetFen, dueFen, amountFen } = moneyOf(deeds);
  const refuse = (zh: string, en: string): ContractHeld => new ContractHeld(contract, { zh, en });
  if (act === 'reserve' && dueFen === 0n)
    throw refuse(
      '本年没有可支付的增量，亏缺已记录；请办结（conclude）',
      'there is nothing to pay for this year, and the deficit is recorded; conclude it',
    );
  if (act === 'reserve' && budgetFen !== null && dueFen! > budgetFen)
    throw refuse(
      `应付 ${formatYuan(dueFen!)} 元超过预算 ${formatYuan(budgetFen)} 元；请退回后调整预算或封顶额`,
      `${formatYuan(dueFen!)} yuan are due and the budget line has ${formatYuan(budgetFen)}; return it, and raise the budget or lower the cap`,
    );
  if (act === 'conclude' && dueFen !== 0n)
    throw refuse(
      `本年应付 ${formatYuan(dueFen!)} 元，应继续采购；不采购请解除并说明理由`,
      `${formatYuan(dueFen!)} yuan are due, so the purchase goes on; to give it up, rescind it with a reason`,
    );
  if (act === 'notice' && amountFen === 0n)
    throw refuse(
      '资金未能预留任何数额；请先充实资金，退回后重新办理',
      'the fund granted nothing; provide money, then return it and begin anew',
    );
  if (act === 'sign') {
    const most = mostBondFen(amountFen!);
    if (BigInt(facts['bondFen']) > most)
      throw refuse(
        `履约保证金不得超过合同金额的百分之十（条例第四十八条），即 ${formatYuan(most)} 元`,
        `a performance bond is at most a tenth of the contract amount (Regulation art. 48), ${formatYuan(most)} yuan`,
      );
  }
  if (act === 'invoice') {
    const signed = lastDeed(deeds, 'sign')!.on;
    if (BigInt(facts['amountFen']) !== amountFen)
      throw refuse(
        `发票金额应等于合同金额 ${formatYuan(amountFen!)} 元`,
        `the invoice is for the amount of the contract, ${formatYuan(amountFen!)} yuan`,
      );
    if (facts['issuedOn'] < signed)
      throw refuse(
        `开票日期早于签订日 ${signed}`,
        `the invoice was issued before the contract was signed on ${signed}`,
      );
  }
}
