/** What tests on the demonstration start from: its norm and places, taken in on a real database, and its figures of some years. */
import { ObservationService } from '@gep/observation';
import { loadNorm, RulebookService } from '@gep/rulebook';
import { loadTerritoryFile, TerritoryService } from '@gep/territory';
import { inventDemonstration } from '../../tools/generate/demonstration';
import { type AccountingTest, startAccounting } from './accounting-setup';

export const demonstrationNorm = 'cn-terrestrial';

export interface DemonstrationTest extends AccountingTest {
  readonly rulebook: RulebookService;
  /** Takes in figures as they were invented, of these years only; `change` is applied to the text of each table. */
  observeInvented(years: readonly string[], change?: (csv: string) => string): Promise<void>;
}

export async function startDemonstration(): Promise<DemonstrationTest> {
  const accounting = await startAccounting();
  const { actor } = accounting;
  const { db } = accounting.test;
  const rulebook = new RulebookService(db);
  await rulebook.publish(actor, await loadNorm(demonstrationNorm, 'rulebook'));
  const places = await loadTerritoryFile('rulebook/territories/demonstration.yaml');
  await new TerritoryService(db).importTerritories(actor, places);
  const { extentCsv, statisticsCsv } = inventDemonstration();
  return {
    ...accounting,
    rulebook,
    async observeInvented(years, change = (csv) => csv) {
      const others = new RegExp(`^\\d{6},(?!${years.join('|')}).*\\n`, 'gm');
      const bytes = (csv: string): Buffer => Buffer.from(change(csv.replace(others, '')));
      await new ObservationService(db, rulebook).importFile(actor, {
        ...{ fileName: 'extent.csv', bytes: bytes(extentCsv), normId: demonstrationNorm },
        alongside: [{ fileName: 'statistics.csv', bytes: bytes(statisticsCsv) }],
      });
    },
  };
}
