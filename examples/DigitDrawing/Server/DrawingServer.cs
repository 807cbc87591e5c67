using System.Net;
using DigitDrawing.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DigitDrawing.Server;

/// <summary>The page, and the answers that it asks for, on this machine only.</summary>
internal static class DrawingServer
{
    /// <summary>The largest body that is read; the page sends less.</summary>
    public const int LargestBody = 16 * 1024;

    /// <summary>Prepares the server: <c>GET /</c> is the page, <c>POST /digit</c> takes a <see cref="Drawing"/> and gives an <see cref="Answer"/>.</summary>
    /// <param name="recognizers">Who answers; the caller disposes of it after the server.</param>
    /// <param name="port">The port on 127.0.0.1; 0 for one that is free.</param>
    public static WebApplication Create(RecognizerPool recognizers, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        // A page from elsewhere must not reach this one through a name of its own that leads to 127.0.0.1.
        builder.Services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["127.0.0.1", "localhost"]);

        WebApplication server = builder.Build();
        server.UseHostFiltering();
        byte[] page = ReadPage();
        server.MapGet("/", () => Results.Bytes(page, "text/html; charset=utf-8"));
        server.MapPost("/digit", (HttpRequest request) => AnswerAsync(request, recognizers));
        return server;
    }

    private static async Task<IResult> AnswerAsync(HttpRequest request, RecognizerPool recognizers)
    {
        CancellationToken gone = request.HttpContext.RequestAborted;
        try
        {
            Drawing drawing = await Drawing.ReadAsync(request.Body, gone);
            return Results.Json(await recognizers.RecognizeAsync(drawing.ToImage(), gone));
        }
        catch (DrawingException e)
        {
            return Results.Json(new { error = e.Message }, statusCode: StatusCodes.Status400BadRequest);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            string error = $"The drawing is larger than {LargestBody:N0} bytes: clear the page, or send fewer points.";
            return Results.Json(new { error }, statusCode: e.StatusCode);
        }
    }

    private static byte[] ReadPage()
    {
        using Stream resource = typeof(DrawingServer).Assembly.GetManifestResourceStream("page.html")!;
        using var page = new MemoryStream();
        resource.CopyTo(page);
        return page.ToArray();
    }
}
