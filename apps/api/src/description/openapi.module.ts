/** Describes the API for people and machines, from the decorators of its routes. */
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { inFixedOrder } from './fixed-order';

/** The OpenAPI document. Needs no running service: an application in preview mode is enough. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('两山 · Two Mountains')
    .setDescription(
      '生态产品总值（GEP）核算。金额以分为单位、写作十进制文本；错误为 application/problem+json，中英双语。\n\n' +
        'Gross Ecosystem Product accounting. Money is fen as decimal text; errors are application/problem+json in Chinese and English.',
    )
    .setOpenAPIVersion('3.1.0')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .addTag('access', '登录与身份 · signing in')
    .addTag('users', '用户与角色 · people and their roles')
    .addTag('territories', '地域 · territories')
    .addTag('norms', '核算规范 · norms')
    .addTag('uploads', '观测数据的导入 · uploads of observations')
    .addTag('recomputes', '核算任务 · recomputation of accounts')
    .addTag('accounts', '账户 · accounts')
    .addTag('settlements', '结算 · settlements')
    .addTag('audit', '审计记录 · audit trail')
    .addTag('operations', '运行 · operations')
    .build();
  return inFixedOrder(SwaggerModule.createDocument(app, about));
}

/** Serves the Swagger page at /api/docs and the document at /api/v1/openapi.json. */
export function serveDescription(app: INestApplication): void {
  SwaggerModule.setup('api/docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/v1/openapi.json',
    raw: ['json'],
    customSiteTitle: '两山 · Two Mountains API',
    customfavIcon: '/mark.svg',
    swaggerOptions: { persistAuthorization: false, displayRequestDuration: true },
  });
}
