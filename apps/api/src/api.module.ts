/** Nest wiring of the API: the subjects, the controllers, and what guards every route. */
import { type DynamicModule, Global, type LoggerService, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { AccessModule, RequestCounts } from '@gep/access';
import { AccountingModule, ReviewGateModule } from '@gep/accounting';
import { CompensationModule } from '@gep/compensation';
import { CreditModule } from '@gep/credit';
import { DepartureModule, DisclosureModule, EvaluationModule } from '@gep/evaluation';
import { LedgerModule } from '@gep/ledger';
import { ObservationModule } from '@gep/observation';
import { ProcurementModule } from '@gep/procurement';
import { type Config, Database, Queues } from '@gep/platform';
import { ProcedureModule } from '@gep/procedure';
import { RulebookFolder, RulebookModule } from '@gep/rulebook';
import { SettlementModule } from '@gep/settlement';
import { TreeService } from '@gep/territory';
import { AdmissionGuard } from './access/admission.guard';
import { AuthenticationGuard } from './access/authentication.guard';
import { SessionsController } from './access/sessions.controller';
import { PublicAddress } from './access/public-address.service';
import { SetupController } from './access/setup.controller';
import { UsersController } from './access/users.controller';
import { AccountsController } from './accounts/accounts.controller';
import { IndicatorsController } from './accounts/indicators.controller';
import { IntervalsController } from './accounts/intervals.controller';
import { BridgesController } from './changes/bridges.controller';
import { SeriesController } from './accounts/series.controller';
import { ChangesController } from './changes/changes.controller';
import { AuditController } from './audit/audit.controller';
import { AgreementsController } from './compensation/agreements.controller';
import { BenefitsController } from './compensation/benefits.controller';
import { CyclesController } from './compensation/cycles.controller';
import { MeasurementsController } from './compensation/measurements.controller';
import { CreditEventsController } from './credit/credit-events.controller';
import { CreditPointsController } from './credit/credit-points.controller';
import { CreditSubjectsController } from './credit/credit-subjects.controller';
import { CreditVillageController } from './credit/credit-village.controller';
import { OwnCreditController } from './credit/own-credit.controller';
import { DisclosuresController } from './disclosures/disclosures.controller';
import { RateGuard, type RateLimits, throttlersOf, usualLimits } from './request/rate.guard';
import { SharedCounts } from './request/shared-counts.service';
import { RevalidationInterceptor } from './answer/revalidation.interceptor';
import { Snapshots } from './answer/snapshots.service';
import { Today } from './answer/today.service';
import { FlowsController } from './flows/flows.controller';
import { FundsController } from './funds/funds.controller';
import { ProposalsController } from './funds/proposals.controller';
import { BookReports } from './ledger/book-reports.service';
import { LedgerDeedsController } from './ledger/ledger-deeds.controller';
import { LedgerController } from './ledger/ledger.controller';
import { NormsController } from './norms/norms.controller';
import { ChosenRules } from './policies/chosen-rules.service';
import { PoliciesController } from './policies/policies.controller';
import { PolicyDecider } from './policies/policy-decider.pool';
import { HealthController } from './operations/health.controller';
import { MetricsController } from './operations/metrics.controller';
import { Readiness } from './operations/readiness.service';
import { RequestMetrics } from './operations/request-metrics.service';
import { AppealsController } from './procedures/appeals.controller';
import { ProceduresController } from './procedures/procedures.controller';
import { PublicationsController } from './procedures/publications.controller';
import { CompaniesController } from './procurement/companies.controller';
import { ContractsController } from './procurement/contracts.controller';
import { MarketPurchasesController } from './procurement/market-purchases.controller';
import { DeparturesController } from './evaluation/departures.controller';
import { IntegrityController } from './evaluation/integrity.controller';
import { TermSnapshotsController } from './evaluation/term-snapshots.controller';
import { IncidentsController } from './evaluation/incidents.controller';
import { ScorecardsController } from './evaluation/scorecards.controller';
import { ScoreRunsController } from './evaluation/score-runs.controller';
import { OutsideFiguresController } from './evaluation/outside-figures.controller';
import { TargetProgressController } from './evaluation/target-progress.controller';
import { TargetsController } from './evaluation/targets.controller';
import { YearlyDisclosuresController } from './evaluation/yearly-disclosures.controller';
import { OpenDisclosuresController } from './open/open-disclosures.controller';
import { OpenDisclosures } from './open/open-disclosures.service';
import { OpenPagesController } from './open/open-pages.controller';
import { OcidPrefix } from './procurement/ocid-prefix.service';
import { QualityController } from './quality/quality.controller';
import { ProgressStreams } from './recomputes/progress-streams.service';
import { RecomputesController } from './recomputes/recomputes.controller';
import { ReviewsController } from './reviews/reviews.controller';
import { ReportsController } from './reports/reports.controller';
import { AssetValuesController } from './seea/asset-values.controller';
import { ConditionsController } from './seea/conditions.controller';
import { SeeaController } from './seea/seea.controller';
import { ImpactsController } from './impacts/impacts.controller';
import { ShadowsController } from './shadows/shadows.controller';
import { DividendsController } from './dividends/dividends.controller';
import { LineMoneyController } from './dividends/line-money.controller';
import { OwnDividendsController } from './dividends/own-dividends.controller';
import { OwnersController } from './owners/owners.controller';
import { SettlementActsController } from './settlements/settlement-acts.controller';
import { SettlementsController } from './settlements/settlements.controller';
import { SheetsController } from './sheets/sheets.controller';
import { SuccessionsController } from './territories/successions.controller';
import { TerritoriesController } from './territories/territories.controller';
import { TreesController } from './trees/trees.controller';
import { UploadChecks } from './uploads/upload-checks.interceptor';
import { UploadSlots } from './uploads/upload-slots.interceptor';
import { UploadsController } from './uploads/uploads.controller';

/** What the process opens and the application uses. */
export interface ApiParts {
  readonly config: Config;
  readonly database: Database;
  readonly queues: Queues;
  readonly log: LoggerService;
  readonly limits?: RateLimits;
}

@Global()
@Module({})
class PartsModule {
  static with(parts: ApiParts | undefined): DynamicModule {
    const providers = [
      { provide: Database, useValue: parts?.database },
      { provide: Queues, useValue: parts?.queues },
      { provide: PublicAddress, useValue: new PublicAddress(parts?.config.publicUrl ?? '') },
      { provide: RulebookFolder, useValue: new RulebookFolder(parts?.config.rulebookDir ?? '') },
      { provide: OcidPrefix, useValue: new OcidPrefix(parts?.config.ocidPrefix ?? '') },
    ];
    return { module: PartsModule, providers, exports: [Database, Queues, PublicAddress, RulebookFolder, OcidPrefix] };
  }
}

export const controllers = [
  SetupController,
  SessionsController,
  UsersController,
  // Before the territories, whose codes would take its path.
  SuccessionsController,
  TerritoriesController,
  TreesController,
  NormsController,
  PoliciesController,
  // Before the accounts, whose ids would take its path.
  SeriesController,
  AccountsController,
  ChangesController,
  BridgesController,
  IndicatorsController,
  IntervalsController,
  FlowsController,
  FundsController,
  ProposalsController,
  LedgerController,
  LedgerDeedsController,
  ProceduresController,
  AppealsController,
  PublicationsController,
  SettlementsController,
  SettlementActsController,
  OwnersController,
  DividendsController,
  LineMoneyController,
  OwnDividendsController,
  ImpactsController,
  ShadowsController,
  CyclesController,
  AgreementsController,
  MeasurementsController,
  BenefitsController,
  CompaniesController,
  ContractsController,
  MarketPurchasesController,
  CreditSubjectsController,
  CreditEventsController,
  CreditPointsController,
  CreditVillageController,
  OwnCreditController,
  SeeaController,
  AssetValuesController,
  ConditionsController,
  QualityController,
  ReportsController,
  UploadsController,
  RecomputesController,
  ReviewsController,
  DisclosuresController,
  SheetsController,
  AuditController,
  HealthController,
  MetricsController,
  DeparturesController,
  TermSnapshotsController,
  IntegrityController,
  YearlyDisclosuresController,
  TargetsController,
  TargetProgressController,
  IncidentsController,
  ScorecardsController,
  ScoreRunsController,
  OutsideFiguresController,
  OpenDisclosuresController,
  OpenPagesController,
];

@Module({})
export class ApiModule {
  /** Without parts the wiring can be described, not run. */
  static with(parts: ApiParts | undefined): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PartsModule.with(parts),
        ThrottlerModule.forRootAsync({
          inject: [Database],
          useFactory: (database: Database) => ({
            throttlers: throttlersOf(parts?.limits ?? usualLimits),
            storage: new SharedCounts(new RequestCounts(database)),
          }),
        }),
        AccessModule.register(parts?.config.secret ?? ''),
        RulebookModule,
        ObservationModule,
        AccountingModule,
        LedgerModule,
        ReviewGateModule,
        ProcedureModule,
        SettlementModule,
        CompensationModule,
        ProcurementModule,
        CreditModule.register(parts?.config.creditKeys),
        EvaluationModule,
        DepartureModule,
        DisclosureModule.register(parts?.config.secret ?? ''),
      ],
      controllers,
      providers: [
        BookReports,
        RequestMetrics,
        Readiness,
        ProgressStreams,
        UploadChecks,
        UploadSlots,
        TreeService,
        Snapshots,
        OpenDisclosures,
        Today,
        ChosenRules,
        PolicyDecider,
        // In this order: who asks, whether too often, whether they may.
        { provide: APP_GUARD, useClass: AuthenticationGuard },
        { provide: APP_GUARD, useClass: RateGuard },
        { provide: APP_GUARD, useClass: AdmissionGuard },
        { provide: APP_INTERCEPTOR, useClass: RevalidationInterceptor },
      ],
    };
  }
}
