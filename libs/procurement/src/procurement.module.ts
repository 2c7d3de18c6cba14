/** Nest wiring of procurement; the database handle is provided globally by the program. */
import { Module } from '@nestjs/common';
import { CompanyService } from './company/company.service';

const services = [CompanyService];

@Module({ providers: services, exports: services })
export class ProcurementModule {}
