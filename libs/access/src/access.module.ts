/** Nest wiring of the access subject; the database handle is provided globally by the program. */
import { Module, type DynamicModule } from '@nestjs/common';
import { Database } from '@gep/platform';
import { AccessService } from './access.service';
import { LiveSessions } from './live-sessions.service';
import { SetupLinkService } from './setup-link.service';
import { UserService } from './user.service';

@Module({})
export class AccessModule {
  /** @param secret the configured secret that signs tokens */
  static register(secret: string): DynamicModule {
    const inject = [Database, LiveSessions];
    return {
      module: AccessModule,
      providers: [
        LiveSessions,
        {
          provide: AccessService,
          inject,
          useFactory: (database: Database, live: LiveSessions) => new AccessService(database, secret, live),
        },
        {
          provide: UserService,
          inject,
          useFactory: (database: Database, live: LiveSessions) => new UserService(database, live, secret),
        },
        {
          provide: SetupLinkService,
          inject,
          useFactory: (database: Database, live: LiveSessions) => new SetupLinkService(database, live),
        },
      ],
      exports: [AccessService, UserService, SetupLinkService],
    };
  }
}
