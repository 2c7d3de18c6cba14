/** What computing settlements needs at the terminal: the rulebook beside the program, its clocks, and changes between accounts. */
import { ChangeService } from '@gep/accounting';
import type { Database } from '@gep/platform';
import { ClockBooks } from '@gep/procedure';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { SettlementTools } from '@gep/settlement';
import { readSettings } from '../machine/settings.loader';

export function toolsOf(database: Database): SettlementTools {
  const folder = new RulebookFolder(readSettings().rulebookDir);
  return new SettlementTools(
    folder,
    new ClockBooks(folder),
    new ChangeService(database, new RulebookService(database)),
  );
}
