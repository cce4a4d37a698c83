package io.orquestrax.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.orquestrax.conformance.StandIn.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two services that the specification's conformance kit calls: the pet store, and httpbin's basic authentication. */
final class RemoteServices {
    private static final Pattern PET = Pattern.compile("/v2/pet/(\\d+)");
    private static final Pattern BASIC = Pattern.compile("/basic-auth/([^/]+)/([^/]+)");
    private static final JsonNode DESCRIPTION = Yaml.read("""
            swagger: '2.0'
            info: { title: Pet store, version: '1.0.0' }
            host: petstore.swagger.io
            basePath: /v2
            schemes: [ https, http ]
            paths:
              /pet/findByStatus:
                get:
                  operationId: findPetsByStatus
                  produces: [ application/json ]
                  parameters:
                    - name: status
                      in: query
                      required: true
                      type: array
                      items: { type: string, enum: [ available, pending, sold ] }
                      collectionFormat: multi
                  responses: { '200': { description: Pets } }
              /pet/{petId}:
                get:
                  operationId: getPetById
                  produces: [ application/json ]
                  parameters:
                    - { name: petId, in: path, required: true, type: integer, format: int64 }
                  responses: { '200': { description: A pet } }
            """);

    private RemoteServices() {}

    static Answer answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getQuery();
        Matcher pet = PET.matcher(path);
        Matcher basic = BASIC.matcher(path);
        if (basic.matches()) {
            return authenticated(exchange, basic.group(1), basic.group(2));
        }
        if (path.equals("/v2/swagger.json")) {
            return StandIn.json(200, DESCRIPTION);
        }
        if (path.equals("/v2/pet/findByStatus")) {
            return "status=available".equals(query)
                    ? StandIn.json(200, Yaml.read("""
                            - { id: 1, name: Rex, status: available }
                            - { id: 2, name: Tom, status: available }
                            """))
                    : StandIn.json(400, Yaml.read("{ message: 'no such status' }"));
        }
        if (pet.matches()) {
            return StandIn.json(
                    200,
                    Yaml.read("{ id: " + pet.group(1) + ", name: 'Pet " + pet.group(1) + "', status: available }"));
        }
        return StandIn.json(404, Yaml.read("{ code: 404, message: 'nothing here' }"));
    }

    private static Answer authenticated(HttpExchange exchange, String user, String password) {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                ? StandIn.json(200, Yaml.read("{ authenticated: true, user: " + user + " }"))
                : new Answer(401, java.util.Map.of("WWW-Authenticate", "Basic realm=\"conformance\""), "");
    }
}
