package io.orquestrax.server.connector.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Asks the operating system, on threads of its own: a slow name server would hold the carriers of virtual threads. */
final class SystemAddresses implements Addresses, AutoCloseable {
    private static final int THREADS = 16;

    private final ExecutorService threads;

    SystemAddresses() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("names-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    @Override
    public List<InetAddress> of(String host) throws UnknownHostException, InterruptedException {
        Future<InetAddress[]> answer = threads.submit(() -> InetAddress.getAllByName(host));
        try {
            return List.of(answer.get());
        } catch (ExecutionException failed) {
            throw new UnknownHostException(host);
        } finally {
            answer.cancel(false);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
