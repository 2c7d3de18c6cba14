/** Yearly disclosures on the demonstration: what ten counties tell the public of two years, by three persons. */
import path from 'node:path';
import { DisclosableFigures, DisclosureKey, listYearlyDisclosures, YearlyDisclosureService } from '@gep/evaluation';
import { type Bilingual, DomainError } from '@gep/kernel';
import type { Database } from '@gep/platform';
import { RulebookService } from '@gep/rulebook';
import { loadTerritoryFile } from '@gep/territory';
import { keyOf, peopleOf } from '../money/people';
import { evaluationPeopleOf } from './people';
import { followedYears } from './target-plan';

type Say = (text: Bilingual) => void;

const provincePath = 'CN.990000';
const { officer, approver } = evaluationPeopleOf(provincePath);
/** Publishes what others prepared and approved. */
const { administrator: publisher } = peopleOf(provincePath);

/**
 * What is disclosed already, in whatever edition, is theirs who disclosed it.
 * @param secret of the platform, from which the key of its signature follows
 */
export async function demonstrateDisclosures(
  database: Database,
  { rulebookDir, secret }: { readonly rulebookDir: string; readonly secret: string },
  say: Say,
): Promise<void> {
  const figures = new DisclosableFigures(new RulebookService(database));
  const disclosures = new YearlyDisclosureService(database, figures, new DisclosureKey(secret));
  const places = await loadTerritoryFile(path.join(rulebookDir, 'territories', 'demonstration.yaml'));
  const known = await database.snapshot(officer, (tx) =>
    listYearlyDisclosures(tx, { published: true }, { limit: 1000 }),
  );
  let count = 0;
  for (const { code: territory } of places.filter(({ level }) => level === 'county'))
    for (const year of followedYears) {
      if (known.some((one) => one.territory === territory && one.year === year)) continue;
      if (await discloseYear(disclosures, { territory, year }, say)) count += 1;
    }
  if (count > 0)
    say({
      zh: `演示披露：十县 ${followedYears.join('、')} 年数据已公布 ${count} 份（/open，gep verify）`,
      en: `demonstration disclosures: ${count} years of ten counties published (/open, gep verify)`,
    });
}

/** @returns false where something that a user did meanwhile stands in the way, which is told */
async function discloseYear(
  disclosures: YearlyDisclosureService,
  wish: { readonly territory: string; readonly year: number },
  say: Say,
): Promise<boolean> {
  const of = `disclosure-${wish.territory}-${wish.year}`;
  try {
    const { id } = await disclosures.draft(officer, wish, keyOf(`${of}-draft`));
    await disclosures.act(approver, { id, act: 'approve' }, keyOf(`${of}-approve`));
    await disclosures.act(publisher, { id, act: 'publish' }, keyOf(`${of}-publish`));
    return true;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    say(error.text);
    return false;
  }
}
