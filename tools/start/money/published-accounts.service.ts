/** Publishes accounts of the demonstration by the hands of five invented persons, so that money may rest on them. */
import { operator } from '@gep/access';
import { QualityService, ReviewService, type Reviewer, type ReviewAct, type ReviewKey } from '@gep/accounting';
import { periodEnd, type Bilingual } from '@gep/kernel';
import type { Database } from '@gep/platform';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { getTerritory } from '@gep/territory';

type Say = (text: Bilingual) => void;

/** Who does which step. */
const way = [
  ['submit', 'account.compute', '核算员', 'accountant'],
  ['check', 'account.check', '部门核对员', 'checker'],
  ['review', 'account.review', '评审专家', 'reviewer'],
  ['approve', 'account.approve', '批准人', 'approver'],
  ['publish', 'account.publish', '发布人', 'publisher'],
] as const satisfies readonly (readonly [ReviewAct, string, string, string])[];

const normId = 'cn-terrestrial';

function person([, permission, nameZh, nameEn]: (typeof way)[number], path: string): Reviewer {
  return {
    id: `demonstration:${nameEn}`,
    name: `演示 ${nameZh} · demonstration ${nameEn}`,
    scope: [path],
    permissions: new Map([[permission, [path]]]),
  };
}

/** What nobody has acted on yet goes up to publication; what somebody has begun is theirs. */
export async function publishAccounts(
  database: Database,
  rulebookDir: string,
  accounts: readonly { readonly territory: string; readonly period: string }[],
  say: Say,
): Promise<void> {
  const quality = new QualityService(database, new RulebookService(database), new RulebookFolder(rulebookDir));
  const reviews = new ReviewService(database, quality);
  let published = 0;
  for (const account of accounts) {
    const key = { ...account, normId };
    const day = periodEnd(key.period);
    const { path } = await database.snapshot(operator, (tx) => getTerritory(tx, key.territory, day));
    const { state, current } = await reviews.show(person(way[0], path), key);
    if (state !== 'draft' || !current) continue;
    await explainFindings(quality, key, current.accountId);
    for (const step of way) {
      const [act] = step;
      await reviews.act(
        person(step, path),
        key,
        { act, reason: '' },
        `demonstration-${key.territory}-${key.period}-${act}`,
      );
    }
    published += 1;
  }
  if (published > 0)
    say({
      zh: `演示省：${published} 个账户经五人之手公布`,
      en: `demonstration: ${published} accounts published by the hands of five`,
    });
}

/** What the checks find of invented figures was invented: the drought, and what was planted after it. */
async function explainFindings(
  quality: QualityService,
  { territory, period }: ReviewKey,
  accountId: string,
): Promise<void> {
  for (const { key: findingKey, open } of await quality.findings(operator, accountId)) {
    if (!open) continue;
    const text = '演示数据：旱年与造林使该项变化超出常见范围 · demonstration: the drought and the planting move it';
    await quality.explain(
      operator,
      { accountId, findingKey, text },
      `demonstration-${territory}-${period}-${findingKey}`,
    );
  }
}
