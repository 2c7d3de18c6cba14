# The programs (api, worker, gep) in one image, built from the lock file; what builds does not run.
FROM node:20.20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY libs libs
COPY apps apps
COPY migrations migrations
COPY tools tools
RUN npm run build && npm prune --omit=dev

FROM node:20.20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY apps/api/public apps/api/public
COPY rulebook rulebook
USER node
EXPOSE 3000
CMD ["node", "dist/apps/api/src/main.js"]
