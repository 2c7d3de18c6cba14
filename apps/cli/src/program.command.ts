/** Every command of `gep`, with its help. */
import { Command, Option } from 'commander';
import { addAccountCommands } from './account.command';
import { addAssetValueCommand } from './seea/asset-value.command';
import { addAuditCommands } from './audit.command';
import { addAgreementCommands } from './compensation/agreement.command';
import { addBenefitCommands } from './compensation/benefit.command';
import { addBridgeCommand } from './bridge.command';
import { addChangeCommand } from './change.command';
import { addComputeCommand } from './compute.command';
import { addConditionCommand } from './seea/condition.command';
import { addDepartureCommands } from './evaluation/departure.command';
import { addIntegrityCommands } from './evaluation/integrity.command';
import { addDisclosureCommands } from './evaluation/disclosure.command';
import { addIncidentCommands } from './evaluation/incident.command';
import { addScoreCommands } from './evaluation/score.command';
import { addTargetCommands } from './evaluation/target.command';
import { addVerifyCommand } from './evaluation/verify.command';
import { addCreditCommands } from './credit/credit.command';
import { addDividendCommands } from './dividend/dividend.command';
import { addOwnerCommands } from './dividend/owner.command';
import { addParcelCommands } from './dividend/parcel.command';
import { addDivideCommand } from './divide.command';
import { addExplainCommand } from './explain.command';
import { addExtentCommand } from './seea/extent.command';
import { addFlowCommands } from './flow/flow.command';
import { addIndicatorCommand } from './indicator.command';
import { addIntervalCommand } from './interval/interval.command';
import { addFundCommands } from './fund/fund.command';
import { addLedgerCommands } from './ledger/ledger.command';
import { addAppealCommands } from './procedure/appeal.command';
import { addClockCommands, addProcedureCommands } from './procedure/procedure.command';
import { addPublicationCommands } from './procedure/publication.command';
import { languages } from './terminal/language';
import { addNormCommands } from './norm.command';
import { addObserveCommand } from './observe.command';
import { addCompanyCommands } from './procurement/company.command';
import { addContractCommands } from './procurement/contract.command';
import { addMarketPurchaseCommands } from './procurement/market-purchase.command';
import { addPolicyCommands } from './policy/policy.command';
import { addQualityCommand } from './quality.command';
import { addRecomputeCommand } from './recompute.command';
import { addReportCommand } from './report.command';
import { addReproduceCommand } from './reproduce.command';
import { addRestatementCommands } from './restatement.command';
import { addReviewCommands } from './review.command';
import { addSettlementCommands } from './settlement/settlement.command';
import { addSheetCommands } from './sheet/sheet.command';
import { openTerminal, type Terminal } from './terminal/terminal.service';
import { helpOfHelp, speakBothLanguages, withFooter, type CommonOptions } from './terminal/usage.command';
import { addSupplyUseCommand } from './seea/supply-use.command';
import { addTerritoryCommands } from './territory.command';
import { addTreeAccountCommand } from './tree/tree-account.command';
import { addUserCommands } from './user.command';

const footer = [
  'What is computed from files, reproduce, policy check, run and show, norm check, show and list need no database. The rest uses DATABASE_URL, or the\n' +
    'embedded server in .data/ beside the program, the one of npm start. · ' +
    '由文件计算的命令、reproduce、policy check、run 和 show、norm check、show 和 list 不需要数据库；其余使用 DATABASE_URL，\n' +
    '或程序目录下 .data/ 中的内置服务器（即 npm start 所用）。',
  'Exit codes: 0 done, 1 refused (mend the input), 2 wrong usage, 70 defect of the program. · ' +
    '退出码：0 完成，1 被拒绝（请修改输入），2 用法错误，70 程序缺陷。',
];

function addAccounts(program: Command, open: () => Terminal): void {
  const account = addAccountCommands(program, open);
  addTreeAccountCommand(account, open);
}

const commands = [
  addComputeCommand,
  addExplainCommand,
  addReproduceCommand,
  addExtentCommand,
  addConditionCommand,
  addSupplyUseCommand,
  addAssetValueCommand,
  addQualityCommand,
  addReportCommand,
  addNormCommands,
  addPolicyCommands,
  addObserveCommand,
  addRecomputeCommand,
  addAccounts,
  addDivideCommand,
  addFlowCommands,
  addChangeCommand,
  addBridgeCommand,
  addIndicatorCommand,
  addIntervalCommand,
  addAgreementCommands,
  addBenefitCommands,
  addReviewCommands,
  addSheetCommands,
  addRestatementCommands,
  addFundCommands,
  addLedgerCommands,
  addSettlementCommands,
  addProcedureCommands,
  addClockCommands,
  addAppealCommands,
  addPublicationCommands,
  addCompanyCommands,
  addContractCommands,
  addMarketPurchaseCommands,
  addOwnerCommands,
  addParcelCommands,
  addDividendCommands,
  addCreditCommands,
  addDepartureCommands,
  addIntegrityCommands,
  addTargetCommands,
  addScoreCommands,
  addIncidentCommands,
  addDisclosureCommands,
  addVerifyCommand,
  addTerritoryCommands,
  addUserCommands,
  addAuditCommands,
];

/** The whole command line. Each command says its texts as `English · 中文`; see `terminal/usage-words.ts`. */
export function gepProgram(): { program: Command; open: () => Terminal } {
  const program = speakBothLanguages(new Command('gep')).helpCommand('help [command]', helpOfHelp);
  const open = (): Terminal => openTerminal(program.opts<CommonOptions>());
  program
    .description('Two Mountains: accounts of Gross Ecosystem Product · 两山：生态产品总值核算')
    .option('--json', 'print the result as JSON; errors are JSON on stderr · 以 JSON 输出结果；错误以 JSON 写到 stderr')
    .addOption(
      new Option(
        '--lang <language>',
        'language of the terminal; else that of LANG · 终端语言；未给出时取 LANG 的语言',
      ).choices([...languages]),
    );
  withFooter(program, (said) => footer.map(said).join('\n\n'));
  for (const add of commands) add(program, open);
  return { program, open };
}
