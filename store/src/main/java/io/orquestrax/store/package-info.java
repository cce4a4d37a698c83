/** PostgreSQL: schema and migrations, the journal, recovery reads, the queries behind lists and pages; the embedded server. */
@NullMarked
package io.orquestrax.store;

import org.jspecify.annotations.NullMarked;
