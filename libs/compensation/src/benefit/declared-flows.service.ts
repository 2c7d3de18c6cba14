/** Reads the flows of an evaluation from what was declared between published accounts. */
import { findAccount, listFlows, listLines } from '@gep/accounting';
import { periodEnd } from '@gep/kernel';
import type { RulebookService } from '@gep/rulebook';
import type { EntityManager } from 'typeorm';
import { BenefitInputRefused } from '../errors';
import type { ServiceFlow } from './benefit-tables';
import { flowsOfDeclarations, type SupplierLines } from './flows-of-declarations';

export interface DeclaredWish {
  readonly normId: string;
  /** Periods with the programme, and those before it. */
  readonly after: readonly string[];
  readonly before: readonly string[];
}

/** @throws BenefitInputRefused where nothing is declared, or a supplier has published nothing */
export async function readDeclaredFlows(
  tx: EntityManager,
  rulebook: RulebookService,
  { normId, after, before }: DeclaredWish,
): Promise<ServiceFlow[]> {
  const { units } = await rulebook.getNorm(tx, normId);
  const found: Omit<ServiceFlow, 'row'>[] = [];
  const lacking: string[] = [];
  for (const [time, periods] of [
    ['before', before],
    ['after', after],
  ] as const)
    for (const period of periods) {
      const declared = await listFlows(tx, { normId, on: periodEnd(period), standing: true });
      const suppliers: SupplierLines[] = [];
      for (const territory of [...new Set(declared.map(({ supplier }) => supplier))].sort()) {
        const account = await findAccount(tx, { territory, period, norm: { id: normId }, published: true });
        if (!account) lacking.push(`${territory} ${period}`);
        else suppliers.push({ territory, lines: (await listLines(tx, [account.id])).get(account.id) ?? [] });
      }
      found.push(...flowsOfDeclarations({ period, time }, declared, suppliers, units));
    }
  const refuse = (zh: string, en: string): BenefitInputRefused =>
    new BenefitInputRefused([{ table: 'flows', row: 0, zh, en }]);
  if (lacking.length > 0)
    throw refuse(
      `供给地尚未发布账户：${lacking.join('、')}；请先发布，或用 --flows 给出流动表`,
      `has suppliers without a published account: ${lacking.join(', ')}; publish them, or give a table with --flows`,
    );
  if (found.length === 0)
    throw refuse(
      `规范 ${normId} 在这些核算期没有已声明的流动；请声明（gep flow declare · POST /api/v1/flows），或用 --flows 给出流动表`,
      `has no flow that was declared for ${normId} in these periods; declare some (gep flow declare · POST /api/v1/flows), or give a table with --flows`,
    );
  return found.map((flow, at) => ({ ...flow, row: at + 1 }));
}
