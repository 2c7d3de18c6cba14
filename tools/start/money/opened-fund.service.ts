/** Opens the funds of the demonstration, fills their sources, and puts the rules in force that they are paid by. */
import { FundService } from '@gep/ledger';
import type { Database } from '@gep/platform';
import { loadPolicy, PolicyService } from '@gep/rulebook';
import { keyOf, type People } from './people';

export interface FundPlan {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly territoryPath: string;
  readonly purpose: string;
  /** Yuan by budget year and department. */
  readonly receipts: readonly { readonly year: number; readonly department: string; readonly yuan: bigint }[];
}

/** @returns id of the fund */
export async function openFund(database: Database, { administrator }: People, plan: FundPlan): Promise<string> {
  const funds = new FundService(database);
  const { code, nameZh, nameEn, territoryPath, purpose, receipts } = plan;
  const draft = { code, nameZh, nameEn, territoryPath, shortfallPolicy: 'pro-rata' } as const;
  const { id: fundId } = await funds.openFund(administrator, draft, keyOf(`fund-${code}`));
  for (const { year: budgetYear, department, yuan } of receipts) {
    const source = `${department.replace(/[^a-z0-9]+/g, '-')}-${budgetYear}`;
    const of = { fundId, code: source, department, purposes: [purpose], budgetYear };
    await funds.addSource(administrator, of, keyOf(`source-${code}-${source}`));
    const receipt = {
      ...{ fundId, source, amountFen: yuan * 100n, effectiveDate: `${budgetYear}-03-01` },
      ...{ businessKey: `receipt:${code}:${source}`, memo: '演示收款 · demonstration receipt' },
    };
    await funds.receive(administrator, receipt, keyOf(`receipt-${code}-${source}`));
  }
  return fundId;
}

export async function adoptRule(
  database: Database,
  { administrator, approver }: People,
  { id, territoryPath, slot, rulebookDir }: { id: string; territoryPath: string; slot: string; rulebookDir: string },
): Promise<void> {
  const policies = new PolicyService(database);
  const rule = await loadPolicy(id, rulebookDir);
  await policies.propose(administrator, rule, keyOf(`propose-${id}-${territoryPath}`));
  const wish = { edition: rule.edition, territoryPath, from: '2023-01-01', slot, reason: '演示 · demonstration' };
  await policies.adopt(approver, wish, keyOf(`adopt-${id}-${territoryPath}-${slot}`));
}
