/** What may be disputed at the terminal: the figures of every mechanism, as the program over HTTP knows them. */
import type { Database } from '@gep/platform';
import { ClockBooks, DisputedFigures } from '@gep/procedure';
import { ContractService, DividendRuns } from '@gep/procurement';
import { RulebookFolder, RulebookService } from '@gep/rulebook';
import { SettlementService } from '@gep/settlement';
import { scoreServices } from '../evaluation/score-services.service';
import { targetServices } from '../evaluation/target-services.service';
import { readSettings } from '../machine/settings.loader';
import { toolsOf } from '../settlement/settlement-tools.service';

/** Each mechanism gives its reader when its service is made. */
export function figuresInDispute(database: Database): DisputedFigures {
  const figures = new DisputedFigures();
  const tools = toolsOf(database);
  void new SettlementService(database, tools, figures);
  void new ContractService(database, tools, new RulebookService(database), figures);
  void new DividendRuns(database, new ClockBooks(new RulebookFolder(readSettings().rulebookDir)), figures);
  void targetServices(database, figures);
  void scoreServices(database, figures);
  return figures;
}
