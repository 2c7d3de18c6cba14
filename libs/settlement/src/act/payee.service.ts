/** Who is paid for a party that is no more: the territory that followed it, or whoever is named. */
import { listSuccessions, listVersions } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { SettlementRefused } from '../errors';
import type { SettlementHead } from '../settlement';

/** By party: who is paid instead, and why. */
export type NamedPayees = Readonly<Record<string, { readonly to: string; readonly reason: string }>>;

/**
 * Successors of those parties that are no more on the day; others are absent.
 * @throws SettlementRefused when several followed a party and none is named, or a name comes without a reason
 */
export async function payeesOf(
  tx: EntityManager,
  { code }: Pick<SettlementHead, 'code'>,
  parties: readonly string[],
  named: NamedPayees,
  day: string,
): Promise<Map<string, { readonly payee: string; readonly reason: string }>> {
  const found = new Map<string, { payee: string; reason: string }>();
  const refuse = (zh: string, en: string): SettlementRefused => new SettlementRefused(code, { zh, en });
  for (const [party, { to, reason }] of Object.entries(named)) {
    if (!parties.includes(party)) throw refuse(`本次不支付“${party}”`, `nothing is paid to "${party}" now`);
    if (reason.trim().length < 4 || !/^[\x21-\x7e]{1,100}$/.test(to) || to.startsWith('fund:'))
      throw refuse(
        `改付须写明承继者的代码与理由（至少 4 个字）`,
        'who is paid instead is named by a code, with a reason of at least 4 characters',
      );
    found.set(party, { payee: to, reason });
  }
  const gone = await goneBy(
    tx,
    parties.filter((party) => !found.has(party)),
    day,
  );
  for (const party of gone) {
    const successors = await successorsOf(tx, party, day);
    if (successors.length !== 1)
      throw refuse(
        `“${party}”在 ${day} 已不存在，其后为 ${successors.join('、') || '（无记录）'}；请用 payees 写明付给谁及理由（分立前的权利由各方协商）`,
        `"${party}" is no more on ${day}, and after it came ${successors.join(', ') || 'nobody on record'}; name in "payees" who is paid and why (those who divided it agree on its claims)`,
      );
    found.set(party, { payee: successors[0], reason: `successor of ${party}` });
  }
  return found;
}

/** Territories among these that were there and are no more. */
async function goneBy(tx: EntityManager, parties: readonly string[], day: string): Promise<string[]> {
  const versions = await listVersions(tx, parties);
  return parties.filter((party) => {
    const own = versions.filter(({ code }) => code === party);
    return own.length > 0 && own.every(({ validTo }) => validTo !== null && validTo <= day);
  });
}

/** Who there is on the day of what came after a territory, step by step. */
async function successorsOf(tx: EntityManager, party: string, day: string): Promise<string[]> {
  const found = new Set<string>();
  const open = [party];
  for (let code = open.pop(); code !== undefined; code = open.pop()) {
    const next = (await listSuccessions(tx, [code])).filter(
      ({ predecessor, successor, effective }) => predecessor === code && successor !== code && effective <= day,
    );
    for (const { successor } of next)
      if ((await goneBy(tx, [successor], day)).length > 0) open.push(successor);
      else found.add(successor);
  }
  return [...found].sort();
}
